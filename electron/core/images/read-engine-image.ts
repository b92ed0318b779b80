import type { z } from 'zod';
import type { EngineClient } from '../engine/engine-client.ts';
import { joinHistory, type EngineHistoryRow, type LayerJoin } from '../oci/join-history.ts';
import { readTime, type HistoryEntry } from './describe-history.ts';
import { engineHistorySchema, engineImageSchema, readAnswer } from './engine-image-schemas.ts';
import { imagePath } from './image-path.ts';

/** An image as reported by an engine. No engine reports layers and history together, so they are joined. */
export interface EngineImage {
  readonly inspected: z.output<typeof engineImageSchema>;
  /** Base first. */
  readonly diffIds: readonly string[];
  /** Base first. */
  readonly entries: readonly (HistoryEntry & EngineHistoryRow)[];
  readonly join: LayerJoin;
}

/**
 * Inspects an image and reads its history. `image` is an id or a name. Throws image-not-found, engine-failed for an
 * unexpected answer, and what EngineClient throws.
 */
export async function readEngineImage(engine: EngineClient, image: string, signal?: AbortSignal): Promise<EngineImage> {
  const get = (what: string): Promise<unknown> =>
    engine.json({ method: 'GET', path: imagePath(image, what), ...(signal && { signal }) });
  const [imageAnswer, historyAnswer] = await Promise.all([get('json'), get('history')]);
  const inspected = readAnswer(engineImageSchema, imageAnswer);
  const diffIds = inspected.RootFS?.Layers ?? [];
  const newestFirst = readAnswer(engineHistorySchema, historyAnswer);
  const entries = [...newestFirst].reverse().map((row) => ({
    createdBy: row.CreatedBy,
    sizeBytes: Math.max(0, row.Size),
    createdAt: readTime(row.Created * 1000),
    comment: row.Comment
  }));
  return { inspected, diffIds, entries, join: joinHistory(entries, diffIds.length) };
}
