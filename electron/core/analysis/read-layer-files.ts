import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, Cancelled } from '../util/app-error.ts';
import { ArchiveFile } from '../archive/archive-file.ts';
import { archiveLimits } from '../tar/archive-limits.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import { HashThreads } from '../archive/hash-threads.ts';
import { matchesDiffId } from '../oci/diff-id-hasher.ts';
import { expectedDigest } from '../archive/archive-contents.ts';
import { LayerFilesReader } from '../archive/layer-files-reader.ts';
import type { LayerEntry, RequestedFile } from '../archive/layer-files-reader.ts';
import { resolveFileInside } from '../archive/open-image-folder.ts';
import { readTarLayers } from '../archive/read-tar-layers.ts';

/**
 * The source of an image: a file or an OCI layout; a function that opens its archive, each time from the start, as an
 * engine
 * exports it; or a function that opens single layers, as from a registry.
 */
export type LayerSource =
  | { kind: 'path'; path: string }
  | { kind: 'stream'; name: string; open: (signal: AbortSignal) => Promise<Readable> }
  | { kind: 'layers'; open: (path: string, signal: AbortSignal) => Promise<Readable> };

export interface LayerFilesRequest {
  /** As in `ResolvedImage.layers`: the layer's file in the archive, and its diffID. */
  layer: { path: string; diffId: string };
  /** By their path inside the layer. */
  files: ReadonlyMap<string, RequestedFile>;
}

export interface ReadLayerFilesOptions {
  signal: AbortSignal;
  limits?: ArchiveLimits;
  /** Called with the compressed bytes read so far, and the total if it is known. */
  onBytes?: (readBytes: number, totalBytes: number | null) => void;
}

/** A layer's entries at the requested paths. */
type LayerEntries = ReadonlyMap<string, LayerEntry>;

/**
 * Reads files of several layers of an image into their sinks, in one pass over its archive up to the last of
 * these layers; no other layer is decompressed. Each layer is read to its end, since the last entry of a path counts,
 * and
 * to verify its diffID. Returns the entries found, in the order of the requests. Throws
 * archive-blob-missing, archive-digest-mismatch, archive-damaged, archive-too-large, archive-unreadable, Cancelled, and
 * what the source and the sinks throw.
 */
export async function readLayerFiles(
  source: LayerSource,
  requests: readonly LayerFilesRequest[],
  options: ReadLayerFilesOptions
): Promise<LayerEntries[]> {
  const { signal, limits = archiveLimits, onBytes = () => undefined } = options;
  const reads = requests.map(({ layer, files }) => ({
    layer,
    reader: new LayerFilesReader(layer.path, files, limits)
  }));
  try {
    if (signal.aborted) throw new Cancelled();
    const missing = await readThrough(source, reads, { signal, limits, onBytes });
    const found: LayerEntries[] = [];
    for (const { layer, reader } of reads) {
      const { path, diffId } = layer;
      if (missing.includes(reader))
        throw new AppError('archive-blob-missing', { digest: expectedDigest(path) ?? diffId });
      const read = await reader.end();
      if (!matchesDiffId(read.diffIds, diffId))
        throw new AppError('archive-digest-mismatch', { digest: diffId, entry: path });
      found.push(read.found);
    }
    return found;
  } catch (error) {
    throw signal.aborted ? new Cancelled() : error;
  } finally {
    for (const { reader } of reads) reader.close();
  }
}

type LayerRead = { layer: LayerFilesRequest['layer']; reader: LayerFilesReader };

/** Returns the readers whose layers are missing. */
async function readThrough(
  source: LayerSource,
  reads: readonly LayerRead[],
  options: Required<ReadLayerFilesOptions>
): Promise<LayerFilesReader[]> {
  if (source.kind === 'stream')
    return readTar(() => chunksOf(source, options.signal), source.name, null, reads, options);
  if (source.kind === 'layers') return readLayers(source, reads, options);
  const isFolder = await stat(source.path).then(
    (found) => found.isDirectory(),
    () => false
  );
  if (isFolder) return readFolder(source.path, reads, options);
  const file = await ArchiveFile.open(source.path, new HashThreads());
  try {
    return await readTar(() => file.chunks(options.signal), basename(source.path), file.sizeBytes, reads, options);
  } finally {
    await file.close();
  }
}

function readTar(
  open: () => AsyncIterable<Buffer>,
  name: string,
  totalBytes: number | null,
  reads: readonly LayerRead[],
  { signal, limits, onBytes }: Required<ReadLayerFilesOptions>
): Promise<LayerFilesReader[]> {
  const readers = new Map<string, LayerFilesReader[]>();
  for (const { layer, reader } of reads) readers.set(layer.path, [...(readers.get(layer.path) ?? []), reader]);
  return readTarLayers(open, readers, { name, signal, limits, onBytes: (bytes) => onBytes(bytes, totalBytes) });
}

async function readFolder(
  folder: string,
  reads: readonly LayerRead[],
  { signal, onBytes }: Required<ReadLayerFilesOptions>
): Promise<LayerFilesReader[]> {
  const missing: LayerFilesReader[] = [];
  const locations = await Promise.all(reads.map(({ layer }) => resolveFileInside(folder, layer.path)));
  const totalBytes = locations.reduce((sum, location) => sum + (location?.sizeBytes ?? 0), 0);
  let readBytes = 0;
  for (const [index, { reader }] of reads.entries()) {
    const location = locations[index];
    if (!location) {
      missing.push(reader);
      continue;
    }
    const file = await ArchiveFile.open(location.path, new HashThreads());
    try {
      for await (const chunk of file.chunks(signal)) {
        await reader.write(chunk);
        onBytes((readBytes += chunk.length), totalBytes);
      }
    } finally {
      await file.close();
    }
  }
  return missing;
}

async function readLayers(
  { open }: Extract<LayerSource, { kind: 'layers' }>,
  reads: readonly LayerRead[],
  { signal, onBytes }: Required<ReadLayerFilesOptions>
): Promise<LayerFilesReader[]> {
  let readBytes = 0;
  for (const { layer, reader } of reads) {
    for await (const chunk of chunksOf({ open: (entrySignal) => open(layer.path, entrySignal) }, signal)) {
      await reader.write(chunk);
      onBytes((readBytes += chunk.length), null);
    }
  }
  return [];
}

async function* chunksOf(
  { open }: Pick<Extract<LayerSource, { kind: 'stream' }>, 'open'>,
  signal: AbortSignal
): AsyncGenerator<Buffer> {
  const stream = await open(signal);
  const stop = (): void => void stream.destroy(new Cancelled());
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    yield* stream as AsyncIterable<Buffer>;
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}
