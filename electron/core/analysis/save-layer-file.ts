import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TransferEvent, TransferResult } from '#contract/schema/transfer.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import { errorDetail } from '../util/error-code.ts';
import type { JobContext } from '../job/job-context.ts';
import { readFileChunks } from '../util/read-file-chunks.ts';
import { replaceFile } from '../util/replace-file.ts';
import type { FileSink } from '../archive/layer-files-reader.ts';
import type { LayerFile } from './read-layer-file.ts';

/** Reads the file into a sink; see OpenAnalyses.readFile. */
type Read = (sink: FileSink) => Promise<LayerFile>;

const readableMode = 0o644;

/**
 * Saves one file of a layer to disk, atomically. A layer may contain a file twice, so it is
 * written to a temporary file first. Throws file-unwritable, layer-file-missing for an entry without bytes, what
 * reading
 * throws, and Cancelled.
 */
export async function saveLayerFile(
  read: Read,
  target: string,
  job: JobContext<TransferEvent>
): Promise<TransferResult> {
  const file = basename(target);
  job.emit({ kind: 'started', direction: 'save', images: [], file });
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'slipway-file-'));
  try {
    const temporaryFile = join(temporaryFolder, 'file');
    const found = await readToFile(read, temporaryFile, job);
    if (found.kind !== 'file') throw new AppError('layer-file-missing', { path: file });
    await write(target, readFileChunks(temporaryFile, job.signal), file);
    return { kind: 'saved', file, sizeBytes: found.sizeBytes };
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

async function readToFile(read: Read, path: string, job: JobContext<TransferEvent>): Promise<LayerFile> {
  const handle = await open(path, 'w', 0o600);
  let doneBytes = 0;
  try {
    return await read({
      start: async () => {
        doneBytes = 0;
        await handle.truncate(0);
      },
      write: async (chunk) => {
        await handle.write(chunk, 0, chunk.length, doneBytes);
        doneBytes += chunk.length;
        job.emit({ kind: 'progress', doneBytes, totalBytes: null });
      }
    });
  } finally {
    await handle.close();
  }
}

async function write(target: string, data: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  try {
    await replaceFile(target, data, { mode: readableMode });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw new Cancelled();
    throw new AppError('file-unwritable', { file, detail: errorDetail(cause) }, { cause });
  }
}
