import { close, constants, open, read } from 'node:fs';
import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';

/** More is read at once of no file. */
const maxChunkBytes = 1024 * 1024;
/** Not through a link that took the file's place, and without waiting on a pipe that did. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface SizedFile {
  /** Where it is on disk. */
  readonly path: string;
  /** What errors call it. */
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * Passes on the first `sizeBytes` of a file in chunks of at most 1 MiB, each when `take` is done with the one before. What was
 * appended meanwhile is left out. Throws file-changed for a file that became shorter or is gone, file-unreadable, and what
 * `take` throws. With Node's callbacks, since promises of handles take twice the time for small files.
 */
export async function readSizedFile(
  { path, name, sizeBytes }: SizedFile,
  take: (chunk: Buffer) => Promise<void> | undefined
): Promise<void> {
  const descriptor = await openFile(path).catch((error: unknown) => {
    throw isGone(error) ? new AppError('file-changed', { file: name }, { cause: error }) : unreadable(name, error);
  });
  try {
    for (let position = 0; position < sizeBytes;) {
      const chunk = Buffer.allocUnsafe(Math.min(maxChunkBytes, sizeBytes - position));
      const bytesRead = await readInto(descriptor, chunk, position).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      if (bytesRead === 0) throw new AppError('file-changed', { file: name });
      position += bytesRead;
      await take(chunk.subarray(0, bytesRead));
    }
  } finally {
    close(descriptor, () => undefined);
  }
}

function openFile(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, flags, (error, descriptor) => (error === null ? resolve(descriptor) : reject(error)));
  });
}

function readInto(descriptor: number, chunk: Buffer, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, chunk, 0, chunk.length, position, (error, bytesRead) =>
      error === null ? resolve(bytesRead) : reject(error)
    );
  });
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error));
}

function unreadable(file: string, error: unknown): AppError {
  return new AppError('file-unreadable', { file, detail: errorDetail(error) }, { cause: error });
}
