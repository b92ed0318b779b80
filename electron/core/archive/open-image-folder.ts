import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { ArchiveEntryReader } from './archive-entry-reader.ts';
import type { ArchiveEntry } from './archive-entry-reader.ts';
import { ArchiveFile } from './archive-file.ts';
import type { ByteHasher } from '../oci/byte-hasher.ts';
import { explainEntry } from './explain-entry.ts';
import type { HashThreads } from './hash-threads.ts';
import { verifyDocument, verifyLayer } from './archive-contents.ts';
import type { ArchiveContents } from './archive-contents.ts';
import type { UnverifiedLayer } from './layer-reader.ts';
import type { ReadImageTarOptions } from './read-image-tar.ts';
import { UncompressedTotal } from '../tar/uncompressed-total.ts';

type ReadImageFolderOptions = Omit<ReadImageTarOptions, 'name' | 'openHasher'>;

/**
 * An OCI layout in a folder: only the chosen image's files are read. Links are followed only inside the folder.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function openImageFolder(
  folder: string,
  threads: HashThreads,
  options: ReadImageFolderOptions
): ArchiveContents {
  let bytes = 0;
  const total = new UncompressedTotal(options.limits);
  const readFile = async (file: ArchiveFile, path: string, as: 'layer' | 'document'): Promise<ArchiveEntry> => {
    const found: ArchiveEntry[] = [];
    const openHasher = (): ByteHasher => file.openHasher(0, file.sizeBytes);
    const entry = { path, sizeBytes: file.sizeBytes };
    const reader = new ArchiveEntryReader(entry, options.limits, openHasher, total, (result) => found.push(result));
    for await (const chunk of file.chunks(options.signal)) {
      bytes += chunk.length;
      options.onBytes?.(bytes);
      await reader.write(chunk);
      if (as === 'document' && !reader.isDocument) break;
    }
    reader.end();
    return found[0] ?? { kind: 'other', head: Buffer.alloc(0), exceeds: null };
  };
  return {
    name: basename(folder),
    topNames: async () => new Set(await readdir(folder).catch(() => [])),
    has: async (path) => (await resolveFileInside(folder, path)) !== null,
    async document(path) {
      const inside = await resolveFileInside(folder, path);
      if (!inside) return null;
      const file = await ArchiveFile.open(inside.path, threads);
      const found = await readFile(file, path, 'document').finally(() => file.close());
      if (found.kind !== 'document') throw explainEntry(found, { path, as: 'document', limits: options.limits });
      verifyDocument(path, found.data);
      return found.data;
    },
    async layer(path) {
      const inside = await resolveFileInside(folder, path);
      if (!inside) return null;
      const file = await ArchiveFile.open(inside.path, threads);
      let layer: UnverifiedLayer | null = null;
      try {
        const found = await readFile(file, path, 'layer');
        if (found.kind !== 'layer') throw explainEntry(found, { path, as: 'layer', limits: options.limits });
        const read = await found.layer;
        if ('failure' in read) throw read.failure;
        layer = verifyLayer(path, read);
      } finally {
        if (!layer) await file.close();
      }
      return closeWhenHashed(file, layer);
    }
  };
}

/** Keeps the file open until the threads have hashed it. */
function closeWhenHashed(file: ArchiveFile, layer: UnverifiedLayer): UnverifiedLayer {
  const digests = layer.digests
    .then(async (found) => {
      await file.checkUnchanged();
      return found;
    })
    .finally(() => file.close());
  digests.catch(() => undefined);
  return { ...layer, digests };
}

/** A file of a layout; null if it is missing, or if links point outside of the layout. */
export async function resolveFileInside(
  folder: string,
  path: string
): Promise<{ path: string; sizeBytes: number } | null> {
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
