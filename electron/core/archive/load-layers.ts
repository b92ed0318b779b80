import { AppError } from '../util/app-error.ts';
import type { FoundImage } from './find-image.ts';
import type { ImageParts } from './image-parts.ts';
import { promisedDigest } from './image-parts.ts';
import type { LayerDigests, ReadLayer } from './layer-reader.ts';

/** A layer that was read, and proven to be what the image's config says. */
export type ScannedLayer = Omit<ReadLayer, 'digests'> & LayerDigests;

/** The image's layers, base first, not proven yet. Throws archive-blob-missing, archive-damaged, archive-too-large. */
export async function loadLayers(parts: ImageParts, image: FoundImage): Promise<ReadLayer[]> {
  // Said before any is read: a layout without one layer is not worth reading the others.
  for (const { path, digest } of image.layers) {
    if (!(await parts.hasLayer(path))) throw missing(digest, path);
  }
  const layers: ReadLayer[] = [];
  for (const { path, digest } of image.layers) {
    const layer = await parts.layer(path);
    if (!layer) throw missing(digest, path);
    layers.push(layer);
  }
  return layers;
}

/** Waits until all are hashed. Throws archive-digest-mismatch, and what hashing throws. */
export function proveLayers(layers: readonly ReadLayer[], image: FoundImage): Promise<ScannedLayer[]> {
  return Promise.all(
    layers.map(async ({ digests, ...layer }, index) => {
      const { digest, diffId } = await digests;
      const promised = image.layers[index];
      if (promised && diffId !== promised.diffId) {
        throw new AppError('archive-digest-mismatch', {
          digest: promised.diffId,
          entry: promised.path.slice(0, 1000)
        });
      }
      return { ...layer, digest, diffId };
    })
  );
}

function missing(digest: string | null, path: string): AppError {
  return new AppError('archive-blob-missing', { digest: digest ?? promisedDigest(path) ?? path.slice(0, 1000) });
}
