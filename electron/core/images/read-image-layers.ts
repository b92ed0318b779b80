import type { ImageLayerSizes } from '#contract/schema/image.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { engineHistorySchema, engineImageSchema, readAnswer } from './engine-image-schemas.ts';
import { imagePath } from './image-path.ts';
import { joinHistory } from '../oci/join-history.ts';

/**
 * An image's layers with their unpacked sizes, base first: its diffIds joined with its history, since no engine tells both
 * in one place. Throws image-not-found, engine-failed, and what EngineClient throws.
 */
export async function readImageLayers(
  engine: EngineClient,
  imageId: string,
  signal?: AbortSignal
): Promise<ImageLayerSizes> {
  const get = (what: string): Promise<unknown> =>
    engine.json({ method: 'GET', path: imagePath(imageId, what), ...(signal && { signal }) });
  const [inspected, history] = await Promise.all([get('json'), get('history')]);
  const diffIds = readAnswer(engineImageSchema, inspected).RootFS?.Layers ?? [];
  const rows = readAnswer(engineHistorySchema, history)
    .reverse()
    .map((row) => ({
      createdBy: row.CreatedBy ?? '',
      sizeBytes: Math.max(0, row.Size ?? 0),
      comment: row.Comment ?? ''
    }));
  const { layerIndexes, exact } = joinHistory(rows, diffIds.length);
  const sizes = diffIds.map(() => 0);
  layerIndexes.forEach((layer, row) => {
    if (layer !== null) sizes[layer] = rows[row]?.sizeBytes ?? 0;
  });
  return {
    id: imageId,
    layers: diffIds.map((diffId, index) => ({ diffId, sizeBytes: sizes[index] ?? 0 })),
    exact
  };
}
