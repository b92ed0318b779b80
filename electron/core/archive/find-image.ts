import type { ArchiveChoice } from '#contract/schema/analysis.ts';
import { AppError } from '../util/app-error.ts';
import { platformName, satisfies } from '../oci/platform.ts';
import { chooseCandidate, findCandidates } from './choose-manifest.ts';
import type { ImageChoice } from './choose-manifest.ts';
import { configSchema, dockerManifestSchema, manifestSchema } from '../oci/image-documents.ts';
import type { ImageConfig } from '../oci/image-documents.ts';
import { blobPath, promisedDigest } from './image-parts.ts';
import type { ImageParts } from './image-parts.ts';
import { readDocument } from './read-document.ts';

/** An image as its documents tell it: which layers, where they lie, and how they came about. */
export interface FoundImage {
  tags: string[];
  platform: string;
  config: ImageConfig;
  /** The image id of an engine with the graph-driver store. */
  configDigest: string | null;
  manifestDigest: string | null;
  /** Of the index around the manifest, or the manifest: the image id of an engine with the containerd store. */
  rootDigest: string | null;
  layers: { path: string; diffId: string; digest: string | null }[];
  /** All images of the archive that can be chosen, this one among them. */
  choices: ArchiveChoice[];
}

/**
 * Finds the image in an OCI layout (index.json) or a "docker save" (manifest.json). Throws archive-not-an-image,
 * archive-image-unknown, platform-not-found, archive-blob-missing, archive-damaged, archive-digest-mismatch.
 */
export async function findImage(parts: ImageParts, choice: ImageChoice): Promise<FoundImage> {
  const image = (await findInLayout(parts, choice)) ?? (await findInDockerSave(parts, choice));
  if (!image) {
    const detail = 'It has neither the index.json of an OCI layout nor the manifest.json of "docker save".';
    throw new AppError('archive-not-an-image', { archive: parts.name, detail });
  }
  if (choice.platform !== null && image.platform !== '' && !satisfies(image.platform, choice.platform)) {
    throw new AppError('platform-not-found', { platform: choice.platform, platforms: [image.platform] });
  }
  return image;
}

async function findInLayout(parts: ImageParts, choice: ImageChoice): Promise<FoundImage | null> {
  if (!(await parts.document('index.json'))) return null;
  const candidates = await findCandidates(parts);
  const candidate = chooseCandidate(candidates, choice);
  if (!candidate) return null;
  const manifest = await readDocument(parts, blobPath(candidate.descriptor.digest), manifestSchema);
  const config = await readDocument(parts, blobPath(manifest.config.digest), configSchema);
  const diffIds = checkedDiffIds(config, manifest.layers.length, blobPath(manifest.config.digest));
  return {
    tags: candidate.names.filter((name) => name.includes(':') || name.includes('/')),
    choices: candidates.map((one) => ({ platform: one.platform, reference: one.names[0] ?? null })),
    platform: platformName(config) || candidate.platform,
    config,
    configDigest: manifest.config.digest,
    manifestDigest: candidate.descriptor.digest,
    rootDigest: candidate.rootDigest,
    layers: manifest.layers.map(({ digest }, index) => ({
      path: blobPath(digest),
      digest,
      diffId: diffIds[index] ?? ''
    }))
  };
}

async function findInDockerSave(parts: ImageParts, choice: ImageChoice): Promise<FoundImage | null> {
  if (!(await parts.document('manifest.json'))) return null;
  const images = await readDocument(parts, 'manifest.json', dockerManifestSchema);
  const { reference } = choice;
  const chosen = reference === null ? images[0] : images.find((image) => image.RepoTags?.includes(reference));
  if (!chosen) {
    const known = images.flatMap((image) => image.RepoTags ?? []).slice(0, 50);
    throw new AppError('archive-image-unknown', { reference: reference ?? '', images: known });
  }
  const config = await readDocument(parts, chosen.Config, configSchema);
  const diffIds = checkedDiffIds(config, chosen.Layers.length, chosen.Config);
  return {
    tags: chosen.RepoTags ?? [],
    choices: images.map((image) => ({ platform: '', reference: image.RepoTags?.[0] ?? null })),
    platform: platformName(config),
    config,
    configDigest: promisedDigest(chosen.Config),
    manifestDigest: null,
    rootDigest: null,
    layers: chosen.Layers.map((path, index) => ({ path, digest: null, diffId: diffIds[index] ?? '' }))
  };
}

function checkedDiffIds(config: ImageConfig, layerCount: number, entry: string): string[] {
  const ids = config.rootfs.diff_ids;
  if (ids.length === layerCount) return ids;
  const detail = `The config tells ${ids.length} layers, the manifest ${layerCount}.`;
  throw new AppError('archive-damaged', { entry: entry.slice(0, 1000), detail });
}
