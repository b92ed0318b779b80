import { open, lstat, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { AppError, Cancelled } from '../../app-error.ts';
import { ArchiveEntryReader } from './archive-entry-reader.ts';
import type { FoundFile } from './archive-entry-reader.ts';
import { checkDigest, checkDocument } from './image-parts.ts';
import type { ImageParts } from './image-parts.ts';
import type { ReadImageTarOptions } from './read-image-tar.ts';

const CHUNK_BYTES = 1 << 19;

/**
 * An OCI layout that is a folder: only the chosen image's files are read. Links are followed only inside the folder.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function openImageFolder(folder: string, options: Omit<ReadImageTarOptions, 'name'>): ImageParts {
  let bytes = 0;
  const read = async (path: string): Promise<FoundFile | null> => {
    const file = await fileInside(folder, path);
    if (!file) return null;
    const found: FoundFile[] = [];
    const reader = new ArchiveEntryReader(path, file.sizeBytes, options.limits, (result) => found.push(result));
    for await (const chunk of readFileInChunks(file.path, options.signal)) {
      bytes += chunk.length;
      options.onBytes?.(bytes);
      await reader.write(chunk);
    }
    reader.end();
    return found[0] ?? null;
  };
  return {
    name: basename(folder),
    async document(path) {
      const file = await fileInside(folder, path);
      if (!file || file.sizeBytes > options.limits.maxDocumentBytes) return null;
      const found = await read(path);
      if (found?.kind !== 'document') return null;
      checkDocument(path, found.data);
      return found.data;
    },
    hasLayer: async (path) => (await fileInside(folder, path)) !== null,
    async layer(path) {
      const found = await read(path);
      if (found?.kind !== 'layer') return null;
      const layer = await found.layer;
      if ('failure' in layer) throw layer.failure;
      checkDigest(path, layer.digest);
      return layer;
    }
  };
}

/** The bytes of a file; a chunk may be looked at until the next is asked for. Throws archive-unreadable, Cancelled. */
export async function* readFileInChunks(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const unreadable = (error: unknown): AppError => {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'It could not be read.';
    return new AppError('archive-unreadable', { archive: basename(path), detail }, { cause: error });
  };
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error);
  });
  try {
    // One read ahead: the disk works while the last chunk is scanned. Two buffers do, and fresh ones would cost as much as
    // reading does.
    const buffers = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)] as const;
    const next = (buffer: Buffer): Promise<Buffer> => {
      const reading = file.read(buffer, 0, CHUNK_BYTES, null).then(({ bytesRead }) => buffer.subarray(0, bytesRead));
      reading.catch(() => undefined);
      return reading;
    };
    let ahead = next(buffers[0]);
    for (let turn = 1; ; turn++) {
      if (signal.aborted) throw new Cancelled();
      const chunk = await ahead.catch((error: unknown) => {
        throw unreadable(error);
      });
      if (chunk.length === 0) return;
      ahead = next(turn % 2 === 0 ? buffers[0] : buffers[1]);
      yield chunk;
    }
  } finally {
    await file.close();
  }
}

async function fileInside(folder: string, path: string): Promise<{ path: string; sizeBytes: number } | null> {
  try {
    const root = await realpath(folder);
    const real = await realpath(join(root, path));
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    const stat = await lstat(real);
    return stat.isFile() ? { path: real, sizeBytes: stat.size } : null;
  } catch {
    return null;
  }
}
