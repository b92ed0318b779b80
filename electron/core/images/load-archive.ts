import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { TransferEvent, TransferResult } from '#contract/schema/transfer.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { readFileChunks } from '../util/read-file-chunks.ts';
import { readJsonLines } from '../util/read-json-lines.ts';
import type { JobContext } from '../job/job-context.ts';
import { readTags } from '../oci/read-tags.ts';
import { reportProgress } from '../util/report-progress.ts';

/** A line of the response of POST /images/load. */
const lineSchema = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string().optional() }).optional()
});

/**
 * Loads an archive of images into the engine, which decompresses gzip, bzip2, xz and zstd itself. Resolves to the names
 * of
 * the loaded images, ids for unnamed ones. Throws archive-unreadable, archive-refused, engine-disk-full, what
 * EngineClient
 * throws, and Cancelled.
 */
export async function loadArchive(
  engine: EngineClient,
  path: string,
  job: JobContext<TransferEvent>
): Promise<TransferResult> {
  const file = basename(path);
  const totalBytes = await readSize(path, file);
  job.emit({ kind: 'started', direction: 'load', images: [], file });
  const report = (doneBytes: number): void => job.emit({ kind: 'progress', doneBytes, totalBytes });
  report(0);
  const body = Readable.from(reportProgress(readArchive(path, job.signal), report), { objectMode: false });
  try {
    const answer = await engine.stream({
      method: 'POST',
      path: '/images/load',
      query: { quiet: true },
      headers: { 'Content-Type': 'application/x-tar' },
      body,
      signal: job.signal
    });
    const images: string[] = [];
    for await (const line of readJsonLines(answer, job.signal)) images.push(...readLine(line, file));
    return { kind: 'loaded', file, images };
  } catch (error) {
    if (error instanceof AppError && error.data.code === 'engine-failed') throw refused(file, error.data.detail);
    throw error;
  } finally {
    body.destroy();
  }
}

async function readSize(path: string, file: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw new AppError('archive-unreadable', { archive: file, detail: { reason: 'not-a-file' } });
}

async function* readArchive(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* readFileChunks(path, signal);
  } catch (error) {
    throw signal.aborted ? new Cancelled() : unreadable(basename(path), error);
  }
}

/** Docker reports each image in its own line, Podman all in one. */
function readLine(line: unknown, file: string): string[] {
  const { stream = '', error, errorDetail } = lineSchema.catch({}).parse(line);
  const message = errorDetail?.message ?? error;
  if (message !== undefined) {
    if (/no space left on device/i.test(message)) throw new AppError('engine-disk-full', {});
    throw refused(file, cleanDetail(message));
  }
  const [, isId, names = ''] = /^Loaded image(?:\(s\)|( ID))?: (.+)$/m.exec(stream) ?? [];
  const listed = names.split(',').map((name) => name.trim());
  return isId === undefined ? readTags(listed.filter((name) => name !== '')) : listed;
}

function unreadable(archive: string, error: unknown): AppError {
  const detail = cleanDetail(error instanceof Error ? error.message : String(error));
  return new AppError('archive-unreadable', { archive, detail }, { cause: error });
}

function refused(archive: string, detail: ErrorDetail): AppError {
  return new AppError('archive-refused', { archive, detail });
}
