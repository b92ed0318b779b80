import type { ImageLayerSizes } from '#contract/schema/image.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { readEngineImage } from './read-engine-image.ts';

/** An image's layers with their uncompressed sizes, base first. Throws what readEngineImage throws. */
export async function readImageLayers(
  engine: EngineClient,
  imageId: string,
  signal?: AbortSignal
): Promise<ImageLayerSizes> {
  const { diffIds, entries, join } = await readEngineImage(engine, imageId, signal);
  const sizes = diffIds.map(() => 0);
  join.layerIndexes.forEach((layer, row) => {
    if (layer !== null) sizes[layer] = entries[row]?.sizeBytes ?? 0;
  });
  return {
    id: imageId,
    layers: diffIds.map((diffId, index) => ({ diffId, sizeBytes: sizes[index] ?? 0 })),
    exact: join.exact
  };
}
