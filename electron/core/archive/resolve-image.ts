import type { ArchiveChoice } from '#contract/schema/analysis.ts';
import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { normalizePath } from '../tar/tar-entry.ts';
import { formatPlatform, matchesPlatform } from '../oci/platform.ts';
import { chooseCandidate, findCandidates } from './choose-candidate.ts';
import type { ImageChoice } from './choose-candidate.ts';
import { configSchema, dockerManifestSchema } from '../oci/image-documents.ts';
import type { ImageConfig } from '../oci/image-documents.ts';
import { readTags } from '../oci/read-tags.ts';
import { isEncrypted } from '../oci/is-image-manifest.ts';
import { blobPath, expectedDigest } from './archive-contents.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { unsupported } from './explain-entry.ts';
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
 * archive-unsupported, archive-image-unknown, platform-not-found, archive-blob-missing, archive-damaged,
 * archive-digest-mismatch, archive-too-large.
 */
export async function resolveImage(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage> {
  const image = await findImage(contents, choice);
  if (choice.platform !== null && image.platform !== '' && !matchesPlatform(image.platform, choice.platform)) {
    throw new AppError('platform-not-found', { platform: choice.platform, platforms: [image.platform] });
  }
  return image;
}

async function findImage(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage> {
  if (await contents.has('index.json')) return findInLayout(contents, choice);
  if (await contents.has('manifest.json')) return findInDockerSave(contents, choice);
  throw explainNames(contents.name, await contents.topNames());
}

/** Why there is no image, by the names at the top of an archive. */
function explainNames(archive: string, names: ReadonlySet<string>): AppError {
  const isV1 = names.has('repositories') || [...names].some((name) => /^[0-9a-f]{64}$/.test(name));
  if (isV1) return unsupported(archive, 'docker-save-v1');
  const isRoot = names.has('etc') && (names.has('bin') || names.has('usr'));
  const detail = { reason: isRoot ? 'container-export' : 'no-image-documents' } as const;
  return new AppError('archive-not-an-image', { archive, detail });
}

async function findInLayout(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage> {
  const candidates = await findCandidates(contents);
  const { descriptor, manifest, names, platform, rootDigest } = chooseCandidate(candidates, choice);
  const encrypted = manifest.layers.find(({ mediaType }) => isEncrypted(mediaType));
  if (encrypted) throw unsupported(encrypted.digest, 'encrypted-layer');
  const configDigest = manifest.config?.digest ?? '';
  const config = await readDocument(contents, blobPath(configDigest), configSchema);
  const diffIds = readDiffIds(config, manifest.layers.length, blobPath(configDigest));
  return {
    tags: readTags(names.filter((name) => name.includes(':') || name.includes('/'))),
    choices: candidates.map((one) => ({ platform: one.platform, reference: one.names[0] ?? null })),
    platform: formatPlatform(config) || platform,
    config,
    configDigest,
    manifestDigest: descriptor.digest,
    rootDigest,
    layers: manifest.layers.map(({ digest }, index) => ({
      path: blobPath(digest),
      digest,
      diffId: diffIds[index] ?? ''
    }))
  };
}

async function findInDockerSave(contents: ArchiveContents, choice: ImageChoice): Promise<ResolvedImage> {
  const images = await readDockerManifest(contents);
  if (images.length === 0) {
    throw new AppError('archive-not-an-image', { archive: contents.name, detail: { reason: 'index-empty' } });
  }
  const { reference } = choice;
  const chosen = reference === null ? images[0] : images.find((image) => image.RepoTags.includes(reference));
  if (!chosen) {
    const known = images.flatMap((image) => image.RepoTags).slice(0, 50);
    throw new AppError('archive-image-unknown', { reference: reference ?? '', images: known });
  }
  const configPath = normalizePath(chosen.Config) ?? chosen.Config;
  const config = await readDocument(contents, configPath, configSchema);
  const diffIds = readDiffIds(config, chosen.Layers.length, configPath);
  return {
    tags: readTags(chosen.RepoTags),
    choices: images.map((image) => ({ platform: '', reference: image.RepoTags[0] ?? null })),
    platform: formatPlatform(config),
    config,
    configDigest: expectedDigest(configPath),
    manifestDigest: null,
    rootDigest: null,
    layers: chosen.Layers.map((path, index) => ({
      path: normalizePath(path) ?? path,
      digest: null,
      diffId: diffIds[index] ?? ''
    }))
  };
}

/** A list; a single manifest is that of skopeo's "dir:", whose blobs are named by their digest only. */
async function readDockerManifest(contents: ArchiveContents) {
  const manifest = await readDocument(contents, 'manifest.json', z.unknown());
  if (manifest !== null && typeof manifest === 'object' && 'schemaVersion' in manifest) {
    throw unsupported(contents.name, 'skopeo-directory');
  }
  return readDocument(contents, 'manifest.json', dockerManifestSchema);
}

function readDiffIds(config: ImageConfig, layerCount: number, entry: string): string[] {
  const ids = config.rootfs.diff_ids;
  if (ids.length === layerCount) return ids;
  const detail = { reason: 'layer-counts-differ', config: ids.length, manifest: layerCount } as const;
  throw new AppError('archive-damaged', { entry: entry.slice(0, 1000), detail });
}
