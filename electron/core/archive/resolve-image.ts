import type { ArchiveChoice } from '#contract/schema/analysis.ts';
import { AppError } from '../util/app-error.ts';
import { formatPlatform, matchesPlatform } from '../oci/platform.ts';
import { chooseCandidate, findCandidates } from './choose-candidate.ts';
import type { ImageChoice } from './choose-candidate.ts';
import { configSchema, dockerManifestSchema, manifestSchema } from '../oci/image-documents.ts';
import type { ImageConfig } from '../oci/image-documents.ts';
import { blobPath, expectedDigest } from './archive-contents.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { readDocument } from './read-document.ts';

/** An image as described by its documents: its layers, their location, and their history. */
export interface ResolvedImage {
  tags: string[];
  platform: string;
  config: ImageConfig;
  /** The image ID in an engine with the graph-driver store. */
  configDigest: string | null;
  manifestDigest: string | null;
  /**
   * Digest of the index around the manifest, or of the manifest: the image ID in an engine with the containerd store.
   */
  rootDigest: string | null;
  layers: { path: string; diffId: string; digest: string | null }[];
  /** All images of the archive to choose from, including this one. */
  choices: ArchiveChoice[];
}

/**
 * Resolves the image in an OCI layout (index.json) or a "docker save" (manifest.json). Throws archive-not-an-image,
 * archive-image-unknown, platform-not-found, archive-blob-missing, archive-damaged, archive-digest-mismatch.
 */
export async function resolveImage(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage> {
  const image = (await findInLayout(contents, choice)) ?? (await findInDockerSave(contents, choice));
  if (!image) {
    const detail = { reason: 'no-image-documents' } as const;
    throw new AppError('archive-not-an-image', { archive: contents.name, detail });
  }
  if (choice.platform !== null && image.platform !== '' && !matchesPlatform(image.platform, choice.platform)) {
    throw new AppError('platform-not-found', { platform: choice.platform, platforms: [image.platform] });
  }
  return image;
}

async function findInLayout(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage | null> {
  if (!(await contents.document('index.json'))) return null;
  const candidates = await findCandidates(contents);
  const candidate = chooseCandidate(candidates, choice);
  if (!candidate) return null;
  const manifest = await readDocument(contents, blobPath(candidate.descriptor.digest), manifestSchema);
  const config = await readDocument(contents, blobPath(manifest.config.digest), configSchema);
  const diffIds = readDiffIds(config, manifest.layers.length, blobPath(manifest.config.digest));
  return {
    tags: candidate.names.filter((name) => name.includes(':') || name.includes('/')),
    choices: candidates.map((one) => ({ platform: one.platform, reference: one.names[0] ?? null })),
    platform: formatPlatform(config) || candidate.platform,
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

async function findInDockerSave(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage | null> {
  if (!(await contents.document('manifest.json'))) return null;
  const images = await readDocument(contents, 'manifest.json', dockerManifestSchema);
  const { reference } = choice;
  const chosen = reference === null ? images[0] : images.find((image) => image.RepoTags?.includes(reference));
  if (!chosen) {
    const known = images.flatMap((image) => image.RepoTags ?? []).slice(0, 50);
    throw new AppError('archive-image-unknown', { reference: reference ?? '', images: known });
  }
  const config = await readDocument(contents, chosen.Config, configSchema);
  const diffIds = readDiffIds(config, chosen.Layers.length, chosen.Config);
  return {
    tags: chosen.RepoTags ?? [],
    choices: images.map((image) => ({ platform: '', reference: image.RepoTags?.[0] ?? null })),
    platform: formatPlatform(config),
    config,
    configDigest: expectedDigest(chosen.Config),
    manifestDigest: null,
    rootDigest: null,
    layers: chosen.Layers.map((path, index) => ({ path, digest: null, diffId: diffIds[index] ?? '' }))
  };
}

function readDiffIds(config: ImageConfig, layerCount: number, entry: string): string[] {
  const ids = config.rootfs.diff_ids;
  if (ids.length === layerCount) return ids;
  const detail = { reason: 'layer-counts-differ', config: ids.length, manifest: layerCount } as const;
  throw new AppError('archive-damaged', { entry: entry.slice(0, 1000), detail });
}
