import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, Cancelled } from '../app-error.ts';
import { ArchiveFile } from './archive/archive-file.ts';
import { archiveLimits } from './archive/archive-limits.ts';
import type { ArchiveLimits } from './archive/archive-limits.ts';
import { HashThreads } from './archive/hash-threads.ts';
import { promisedDigest } from './archive/image-parts.ts';
import { LayerFileReader, isSparse } from './archive/layer-file-reader.ts';
import type { FileSink, FoundEntry } from './archive/layer-file-reader.ts';
import { readLayerOfTar } from './archive/read-layer-of-tar.ts';
import { fileInside } from './archive/read-image-folder.ts';
import { normalisePath } from './layer/tar-entry.ts';
import type { TarEntryType } from './layer/tar-entry.ts';

/** Where an image is: a file or an OCI layout; or whatever gives its archive, each time anew, as an engine exports it. */
export type LayerSource =
  { kind: 'path'; path: string } | { kind: 'stream'; name: string; open: (signal: AbortSignal) => Promise<Readable> };

export interface LayerFileRequest {
  /** As `FoundImage.layers` tells it: the layer's file in the archive, and the sha256 of it unpacked. */
  layer: { path: string; diffId: string };
  /** Of the file, inside the layer. */
  path: string;
  /** Null for the whole file. */
  maxBytes: number | null;
}

/** What a layer has at a path; the bytes went to the sink only for a `file`. */
export type LayerFile =
  /** `path` is the entry whose bytes these are: another one, where the path asked for is a hard link to it. */
  | { kind: 'file'; path: string; sizeBytes: number; mode: number; mtimeSeconds: number; truncated: boolean }
  /** Never followed: where it leads depends on the other layers. */
  | { kind: 'symlink'; target: string }
  /** A hard link to a file of a layer below. */
  | { kind: 'hard-link'; target: string }
  /** GNU tar left its holes out; its bytes are not put together again. */
  | { kind: 'sparse'; sizeBytes: number }
  | { kind: 'other'; type: Exclude<TarEntryType, 'file' | 'symlink' | 'hard-link'> };

export interface ReadLayerFileOptions {
  signal: AbortSignal;
  limits?: ArchiveLimits;
}

const MAX_LINKS = 8;

/**
 * Reads one file of one layer into a sink, without unpacking anything else; reading the archive ends with the layer. The
 * layer is read to its end, since the last entry of a path counts, and since it is proven to be the one that was asked
 * for. Throws layer-file-missing, archive-blob-missing, archive-digest-mismatch, archive-damaged, archive-too-large,
 * archive-unreadable, Cancelled, and what the source and the sink throw.
 */
export async function readLayerFile(
  source: LayerSource,
  request: LayerFileRequest,
  sink: FileSink,
  options: ReadLayerFileOptions
): Promise<LayerFile> {
  const { signal, limits = archiveLimits } = options;
  const maxBytes = request.maxBytes ?? Number.POSITIVE_INFINITY;
  const seen = new Set<string>();
  let path = normalisePath(request.path);
  if (path === null) throw new AppError('layer-file-missing', { path: request.path.slice(0, 1000) });
  for (;;) {
    seen.add(path);
    const reader = new LayerFileReader(request.layer.path, path, maxBytes, limits, sink);
    const found = await readThrough(source, request.layer, reader, { signal, limits });
    if (found?.entry.type !== 'hard-link') {
      if (found) return describeEntry(found, maxBytes);
      if (seen.size > 1) return { kind: 'hard-link', target: path };
      throw new AppError('layer-file-missing', { path: path.slice(0, 1000) });
    }
    // A file and the links to it may come in any order, so the layer is read anew for what the link names.
    path = found.entry.linkTarget;
    if (seen.has(path) || seen.size > MAX_LINKS) {
      const detail = 'Its hard links lead in a circle.';
      throw new AppError('archive-damaged', { entry: request.path.slice(0, 1000), detail });
    }
  }
}

function describeEntry(found: FoundEntry, maxBytes: number): LayerFile {
  const { path, type, sizeBytes, mode, mtimeSeconds, linkTarget } = found.entry;
  if (type === 'symlink' || type === 'hard-link') return { kind: type, target: linkTarget };
  if (type !== 'file') return { kind: 'other', type };
  if (isSparse(found)) return { kind: 'sparse', sizeBytes };
  return { kind: 'file', path, sizeBytes, mode, mtimeSeconds, truncated: sizeBytes > maxBytes };
}

async function readThrough(
  source: LayerSource,
  { path, diffId }: LayerFileRequest['layer'],
  reader: LayerFileReader,
  options: Required<ReadLayerFileOptions>
): Promise<FoundEntry | null> {
  try {
    const isRead =
      source.kind === 'stream'
        ? await readFromStream(source, path, reader, options)
        : await readFromPath(source.path, path, reader, options);
    if (!isRead) throw new AppError('archive-blob-missing', { digest: promisedDigest(path) ?? diffId });
    const read = await reader.end();
    if (read.diffId !== diffId) throw new AppError('archive-digest-mismatch', { digest: diffId, entry: path });
    return read.found;
  } catch (error) {
    throw options.signal.aborted ? new Cancelled() : error;
  } finally {
    reader.close();
  }
}

async function readFromPath(
  place: string,
  layerPath: string,
  reader: LayerFileReader,
  options: Required<ReadLayerFileOptions>
): Promise<boolean> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false
  );
  const inside = isFolder ? await fileInside(place, layerPath) : null;
  if (isFolder && !inside) return false;
  const file = await ArchiveFile.open(inside?.path ?? place, new HashThreads());
  try {
    if (!isFolder)
      return await readLayerOfTar(() => file.chunks(options.signal), layerPath, reader, {
        name: basename(place),
        ...options
      });
    for await (const chunk of file.chunks(options.signal)) await reader.write(chunk);
    return true;
  } finally {
    await file.close();
  }
}

async function readFromStream(
  { name, open }: Extract<LayerSource, { kind: 'stream' }>,
  layerPath: string,
  reader: LayerFileReader,
  options: Required<ReadLayerFileOptions>
): Promise<boolean> {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    const stream = await open(options.signal);
    const stop = (): void => void stream.destroy(new Cancelled());
    options.signal.addEventListener('abort', stop, { once: true });
    try {
      yield* stream as AsyncIterable<Buffer>;
    } finally {
      options.signal.removeEventListener('abort', stop);
      stream.destroy();
    }
  };
  return readLayerOfTar(chunks, layerPath, reader, { name, ...options });
}
