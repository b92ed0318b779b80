import { lstat, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { ArchiveEntryReader } from './archive-entry-reader.ts';
import type { FoundFile } from './archive-entry-reader.ts';
import { ArchiveFile } from './archive-file.ts';
import type { ByteHasher } from './byte-hasher.ts';
import type { HashThreads } from './hash-threads.ts';
import { checkDigest, checkDocument } from './image-parts.ts';
import type { ImageParts } from './image-parts.ts';
import type { ReadImageTarOptions } from './read-image-tar.ts';

type ReadImageFolderOptions = Omit<ReadImageTarOptions, 'name' | 'openHasher'>;

/**
 * An OCI layout that is a folder: only the chosen image's files are read. Links are followed only inside the folder.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function openImageFolder(folder: string, threads: HashThreads, options: ReadImageFolderOptions): ImageParts {
  let bytes = 0;
  const read = async (path: string): Promise<FoundFile | null> => {
    const inside = await fileInside(folder, path);
    if (!inside) return null;
    const file = await ArchiveFile.open(inside.path, threads);
    try {
      const found = await readFile(file, { path, sizeBytes: inside.sizeBytes });
      await file.checkUnchanged();
      return found;
    } finally {
      await file.close();
    }
  };
  const readFile = async (file: ArchiveFile, entry: { path: string; sizeBytes: number }): Promise<FoundFile | null> => {
    const results: FoundFile[] = [];
    const openHasher = (): ByteHasher => file.openHasher(0, entry.sizeBytes);
    const reader = new ArchiveEntryReader(entry, options.limits, openHasher, (result) => results.push(result));
    for await (const chunk of file.chunks(options.signal)) {
      bytes += chunk.length;
      options.onBytes?.(bytes);
      await reader.write(chunk);
    }
    reader.end();
    const [found] = results;
    if (found?.kind === 'layer') await found.layer;
    return found ?? null;
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
