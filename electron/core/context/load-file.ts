import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../util/app-error.ts';
import { isGone, readFlags, unreadable } from './context-file.ts';

/** Files up to this are read whole, and so are always packed as they were at one moment. */
const maxBufferedBytes = 256 * 1024;
const chunkBytes = 512 * 1024;

/** A file's bytes, or for a larger one its open handle, which the taker closes, and its size when it was opened. */
export type LoadedFile = { bytes: Buffer } | { handle: FileHandle; sizeBytes: number };

/** Undefined when it vanished or became something else meanwhile. Throws file-unreadable. */
export async function loadFile(root: string, path: string): Promise<LoadedFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(join(root, path), readFlags);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw unreadable(path, error);
  }
  let keepOpen = false;
  try {
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    if (found.size > maxBufferedBytes) {
      keepOpen = true;
      return { handle, sizeBytes: found.size };
    }
    const buffer = Buffer.allocUnsafe(found.size);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { bytes: buffer.subarray(0, length) };
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    if (!keepOpen) await handle.close();
  }
}

/**
 * Exactly `sizeBytes` of a file in chunks: what was appended meanwhile is left out. Throws context-file-changed when it became
 * shorter, since no bytes of ours could stand for those that are gone; file-unreadable.
 */
export async function* readChunks(handle: FileHandle, path: string, sizeBytes: number): AsyncGenerator<Buffer> {
  let position = 0;
  while (position < sizeBytes) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, sizeBytes - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    if (bytesRead === 0) throw new AppError('context-file-changed', { file: path });
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}
