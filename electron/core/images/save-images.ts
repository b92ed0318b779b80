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
 * Saves images, by name or id, as an archive that `docker load` takes. The file appears whole or not at all; one that was
 * there stays until then. Throws image-not-found, archive-unwritable, archive-damaged (the engine broke off inside its
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
  // Asked for several, an engine says only that something went wrong where one is gone.
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

/** Images that are looked for at a time. */
const CONCURRENCY = 8;

/** Two empty blocks. */
const END_BYTES = 1024;

/**
 * An engine that fails in the middle has said 200 already, and writes its error into the archive: only the end of a
 * tar tells that it is whole.
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
