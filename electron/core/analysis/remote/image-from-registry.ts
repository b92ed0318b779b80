import type { ResolvedRemoteImage } from '../../registry/read-remote-image.ts';
import type { RemoteImages } from '../../registry/remote-images.ts';
import type { ExplorerContext } from '../explore/image-explorer.ts';
import type { ImageToRead } from '../thread/image-thread.ts';

/**
 * Describes an image in a registry for the worker: it reads the layers that are available locally, and fetches others
 * only on request.
 */
export function imageFromRegistry(
  remotes: RemoteImages,
  found: ResolvedRemoteImage,
  { fetchLayers, context }: { readonly fetchLayers: boolean; readonly context: ExplorerContext }
): ImageToRead {
  return {
    task: { from: { kind: 'registry', found, fetchLayers }, choice: {}, context },
    openExport: () => Promise.reject(new TypeError('A registry exports nothing.')),
    openLayer: (layer, signal) => remotes.openLayer(found, layer, signal)
  };
}
