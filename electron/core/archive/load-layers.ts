import { AppError } from '../util/app-error.ts';
import { matchesDiffId } from '../oci/diff-id-hasher.ts';
import type { ResolvedImage } from './resolve-image.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { missingEntry } from './explain-entry.ts';
import type { LayerDigests, UnverifiedLayer } from './layer-reader.ts';

/** A layer that was read, and verified against the image's config. */
export type ScannedLayer = Omit<UnverifiedLayer, 'digests'> & Omit<LayerDigests, 'paddedDiffId'>;

/**
 * The image's layers, base first, not verified yet. Throws archive-blob-missing, archive-unsupported, archive-damaged,
 * archive-too-large.
 */
export async function loadLayers(contents: ArchiveContents, image: ResolvedImage): Promise<UnverifiedLayer[]> {
  // Checked before any is read: if one is missing, the others are not needed.
  for (const { path, digest } of image.layers) {
    if (!(await contents.has(path))) throw missingEntry(path, digest);
  }
  const layers: UnverifiedLayer[] = [];
  for (const { path, digest } of image.layers) {
    const layer = await contents.layer(path);
    if (!layer) throw missingEntry(path, digest);
    layers.push(layer);
  }
  return layers;
}

/** Waits until all are hashed. Throws archive-digest-mismatch, and errors of hashing. */
export function verifyLayers(layers: readonly UnverifiedLayer[], image: ResolvedImage): Promise<ScannedLayer[]> {
  return Promise.all(
    layers.map(async ({ digests, ...layer }, index) => {
      const found = await digests;
      const { digest } = found;
      const expected = image.layers[index];
      const diffId = expected?.diffId ?? found.diffId;
      if (expected && !matchesDiffId(found, diffId)) {
        throw new AppError('archive-digest-mismatch', {
          digest: expected.diffId,
          entry: expected.path.slice(0, 1000)
        });
      }
      return { ...layer, digest, diffId };
    })
  );
}
