import type { Readable } from 'node:stream';
import type { RemoteImage } from '#contract/schema/remote-image.ts';
import { AppError } from '../../util/app-error.ts';
import type { LayerSource } from '../read-layer-files.ts';

/** The source of the files of an image in a registry: each layer is opened by its index. */
export function registryLayerSource(
  { layers }: RemoteImage,
  open: (layer: number, signal: AbortSignal) => Promise<Readable>
): LayerSource {
  return {
    kind: 'layers',
    open: (path, signal) => {
      const layer = layers.findIndex(({ digest }) => digest === path);
      if (layer < 0) return Promise.reject(new AppError('archive-blob-missing', { digest: path.slice(0, 200) }));
      return open(layer, signal);
    }
  };
}
