import { close, open, read } from 'node:fs';
import { AppError } from '../util/app-error.ts';
import { isGone, readFlags, unreadable } from './context-file.ts';

/** Max size of a read. */
const maxChunkBytes = 1024 * 1024;

export interface SizedFile {
  /** Absolute path. */
  readonly path: string;
  /** Its name in errors. */
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * Reads the first `sizeBytes` of a file in chunks of at most 1 MiB; the next one is read when `take` is done. Data appended in
 * the meantime is ignored. Throws context-file-changed if the file became shorter or vanished, file-unreadable, and what `take` throws.
 * With Node's callback API, since FileHandle takes much longer for small files.
 */
export async function readSizedFile(
  { path, name, sizeBytes }: SizedFile,
  take: (chunk: Buffer) => Promise<void> | undefined
): Promise<void> {
  const descriptor = await openFile(path).catch((error: unknown) => {
    throw isGone(error)
      ? new AppError('context-file-changed', { file: name }, { cause: error })
      : unreadable(name, error);
  });
  try {
    for (let position = 0; position < sizeBytes;) {
      const chunk = Buffer.allocUnsafe(Math.min(maxChunkBytes, sizeBytes - position));
      const bytesRead = await readInto(descriptor, chunk, position).catch((error: unknown) => {
        throw unreadable(name, error);
      });
      if (bytesRead === 0) throw new AppError('context-file-changed', { file: name });
      position += bytesRead;
      await take(chunk.subarray(0, bytesRead));
    }
  } finally {
    close(descriptor, () => undefined);
  }
}

function openFile(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, readFlags, (error, descriptor) => (error === null ? resolve(descriptor) : reject(error)));
  });
}

function readInto(descriptor: number, chunk: Buffer, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, chunk, 0, chunk.length, position, (error, bytesRead) =>
      error === null ? resolve(bytesRead) : reject(error)
    );
  });
}
