import { basename } from 'node:path';
import type { TransferEvent, TransferResult } from '#contract/schema/transfer.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { JobContext } from '../job/job-context.ts';
import { mapBounded } from '../util/map-bounded.ts';
import { replaceFile } from '../util/replace-file.ts';
import { imagePath } from './image-path.ts';
import { reportProgress } from '../util/report-progress.ts';

/**
 * Saves images, by name or id, as an archive for `docker load`, atomically: an existing file
 * stays until the new one is complete. Throws image-not-found, archive-unwritable, archive-damaged (the engine broke
 * off inside its
 * archive), what EngineClient throws, and Cancelled.
 */
export async function saveImages(
  engine: EngineClient,
  images: readonly string[],
  path: string,
  job: JobContext<TransferEvent>
): Promise<TransferResult> {
  const file = basename(path);
  job.emit({ kind: 'started', direction: 'save', images: [...images], file });
  // For several images, the engine's error does not say which one is missing.
  await mapBounded(images, CONCURRENCY, (image) =>
    engine.json({ method: 'GET', path: imagePath(image, 'json'), signal: job.signal })
  );
  const query = { names: [...images] };
  const archive = await engine.stream({ method: 'GET', path: '/images/get', query, signal: job.signal });
  let sizeBytes = 0;
  const counted = reportProgress(checkEnd(archive, file), (doneBytes) => {
    sizeBytes = doneBytes;
    job.emit({ kind: 'progress', doneBytes, totalBytes: null });
  });
  try {
    await replaceFile(path, counted);
  } catch (error) {
    if (error instanceof AppError || error instanceof Cancelled) throw error;
    const detail = cleanDetail(error instanceof Error ? error.message : String(error));
    throw new AppError('archive-unwritable', { archive: file, detail }, { cause: error });
  } finally {
    archive.destroy();
  }
  return { kind: 'saved', file, sizeBytes };
}

/** Max concurrent image lookups. */
const CONCURRENCY = 8;

/** Two zero blocks. */
const END_BYTES = 1024;

/**
 * An engine that fails midway has already sent status 200, and writes its error into the archive: only the end of
 * a tar shows that it is complete.
 */
async function* checkEnd(archive: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer, void, undefined> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of archive) {
    const last = chunk.length < END_BYTES ? Buffer.concat([tail, chunk]) : chunk;
    tail = last.subarray(-END_BYTES);
    yield chunk;
  }
  if (tail.length === END_BYTES && tail.every((byte) => byte === 0)) return;
  throw new AppError('archive-damaged', { entry: file, detail: { reason: 'export-cut-short' } });
}
