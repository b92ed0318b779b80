import type { z } from 'zod';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { describeHistory, readTime, type BuiltFrom } from './describe-history.ts';
import { engineHistorySchema, engineImageSchema, readAnswer, readImageId, readTags } from './engine-image-schemas.ts';
import { imagePath } from './image-path.ts';
import { joinHistory } from '../oci/join-history.ts';

/**
 * An image with its history, base first, joined to its layers, and to the Dockerfile's lines where `builtFrom` is given.
 * `image` is an id or a name. Throws image-not-found, engine-failed for an answer of another shape, and what EngineClient
 * throws.
 */
export async function inspectImage(
  engine: EngineClient,
  image: string,
  options: { builtFrom?: BuiltFrom; signal?: AbortSignal } = {}
): Promise<ImageDetail> {
  const get = (what: string): Promise<unknown> =>
    engine.json({ method: 'GET', path: imagePath(image, what), ...(options.signal && { signal: options.signal }) });
  const [inspected, history] = await Promise.all([get('json'), get('history')]);
  return describeImage(
    readAnswer(engineImageSchema, inspected),
    readAnswer(engineHistorySchema, history),
    options.builtFrom
  );
}

function describeImage(
  image: z.output<typeof engineImageSchema>,
  newestFirst: z.output<typeof engineHistorySchema>,
  builtFrom: BuiltFrom | undefined
): ImageDetail {
  const layers = image.RootFS?.Layers ?? [];
  const entries = [...newestFirst].reverse().map((row) => ({
    createdBy: row.CreatedBy ?? '',
    sizeBytes: Math.max(0, row.Size ?? 0),
    createdAt: readTime(row.Created == null ? null : row.Created * 1000),
    comment: row.Comment ?? ''
  }));
  const join = joinHistory(entries, layers.length);
  return {
    id: readImageId(image.Id),
    tags: readTags(image.RepoTags),
    repoDigests: image.RepoDigests,
    sizeBytes: entries.reduce((sum, row) => sum + row.sizeBytes, 0),
    createdAt: readTime(image.Created == null ? null : Date.parse(image.Created)),
    platform: [image.Os, image.Architecture, image.Variant ?? ''].filter((part) => part !== '').join('/'),
    layerCount: layers.length,
    joinExact: join.exact,
    ...describeHistory(entries, join, layers, builtFrom ?? null)
  };
}
