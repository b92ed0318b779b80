import { AppError } from '../../app-error.ts';
import type { FoundImage } from './find-image.ts';
import type { ImageParts } from './image-parts.ts';
import { promisedDigest } from './image-parts.ts';
import type { ScannedLayer } from './layer-reader.ts';

/**
 * The image's layers, base first, each proven to be what the config says. Throws archive-blob-missing,
 * archive-digest-mismatch, archive-damaged, archive-too-large.
 */
export async function loadLayers(parts: ImageParts, image: FoundImage): Promise<ScannedLayer[]> {
  // Said before any is read: a layout without one layer is not worth reading the others.
  for (const { path, digest } of image.layers) {
    if (!(await parts.hasLayer(path))) throw missing(digest, path);
  }
  const layers: ScannedLayer[] = [];
  for (const { path, diffId, digest } of image.layers) {
    const layer = await parts.layer(path);
    if (!layer) throw missing(digest, path);
    if (layer.diffId !== diffId) {
      throw new AppError('archive-digest-mismatch', { digest: diffId, entry: path.slice(0, 1000) });
    }
    layers.push(layer);
  }
  return layers;
}

function missing(digest: string | null, path: string): AppError {
  return new AppError('archive-blob-missing', { digest: digest ?? promisedDigest(path) ?? path.slice(0, 1000) });
}
