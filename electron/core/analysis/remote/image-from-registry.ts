import type { ResolvedRemoteImage } from '../../registry/read-remote-image.ts';
import type { RemoteImages } from '../../registry/remote-images.ts';
import type { ExplorerContext } from '../explore/image-explorer.ts';
import type { ImageToRead } from '../thread/image-thread.ts';

/** An image that stays in its registry, to be read as far as its layers are here, or with those that are not fetched. */
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
