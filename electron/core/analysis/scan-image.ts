import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { AnalysisProgress, AnalysisReport } from '#contract/schema/analysis.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import { errorDetail } from '../util/error-code.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { ArchiveFile } from '../archive/archive-file.ts';
import { identifyImage, type EngineImageIdentity } from '../images/identify-image.ts';
import { archiveLimits, engineLimits } from '../tar/archive-limits.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import type { ImageChoice } from '../archive/choose-candidate.ts';
import { resolveImage } from '../archive/resolve-image.ts';
import type { ResolvedImage } from '../archive/resolve-image.ts';
import { HashThreads } from '../archive/hash-threads.ts';
import type { ArchiveContents } from '../archive/archive-contents.ts';
import { imagePath } from '../images/image-path.ts';
import { loadLayers, verifyLayers } from '../archive/load-layers.ts';
import type { ScannedLayer } from '../archive/load-layers.ts';
import { openImageFolder } from '../archive/open-image-folder.ts';
import { readImageTar } from '../archive/read-image-tar.ts';
import { mergeLayers } from '../filetree/merge-layers.ts';
import type { MergedLayers } from '../filetree/merge-layers.ts';

/** A completely scanned image, verified against its digests. */
export interface ScannedImage {
  source: AnalysisReport['source'];
  /** Of an engine's image. */
  imageId?: string;
  image: ResolvedImage;
  layers: ScannedLayer[];
  merged: MergedLayers;
}

export interface ScanOptions {
  signal: AbortSignal;
  choice?: Partial<ImageChoice>;
  limits?: ArchiveLimits;
  onProgress?: (progress: AnalysisProgress) => void;
}

/**
 * Scans an image in a file ("docker save", an OCI tar, compressed or not) or in a folder that is an OCI layout. Throws
 * archive-unreadable, archive-unsupported, archive-not-an-image, archive-damaged, archive-blob-missing, archive-digest-mismatch,
 * archive-too-large, archive-image-unknown, platform-not-found, Cancelled.
 */
export async function scanPath(path: string, options: ScanOptions): Promise<ScannedImage> {
  const file = await stat(path).catch((error: unknown) => {
    throw new AppError('archive-unreadable', { archive: basename(path), detail: errorDetail(error) }, { cause: error });
  });
  // Opening a pipe or a device could block forever.
  if (!file.isDirectory() && !file.isFile()) {
    throw new AppError('archive-unreadable', { archive: basename(path), detail: { reason: 'not-a-file' } });
  }
  const threads = new HashThreads();
  const stop = (): void => void threads.close();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    return await (file.isDirectory() ? scanFolder(path, threads, options) : scanFile(path, threads, options));
  } finally {
    options.signal.removeEventListener('abort', stop);
    await threads.close();
  }
}

function scanFolder(path: string, threads: HashThreads, options: ScanOptions): Promise<ScannedImage> {
  const contents = openImageFolder(path, threads, readOptions(options, null));
  return scanContents(contents, { kind: 'folder', name: basename(path) }, options);
}

async function scanFile(path: string, threads: HashThreads, options: ScanOptions): Promise<ScannedImage> {
  const name = basename(path);
  const file = await ArchiveFile.open(path, threads);
  try {
    const { openHasher } = file;
    const tarOptions = { name, openHasher, ...readOptions(options, file.sizeBytes) };
    const contents = await readImageTar(file.chunks(options.signal), tarOptions);
    const scanned = await scanContents(contents, { kind: 'archive', name }, options);
    await file.checkUnchanged();
    return scanned;
  } finally {
    await threads.close();
    await file.close();
  }
}

/** Scans an image that an engine exports. `image` is an id or a name. Also throws what EngineClient throws. */
export async function scanEngineImage(
  engine: EngineClient,
  image: string,
  options: ScanOptions
): Promise<ScannedImage> {
  // The engine's error for the export of a missing image does not name the image.
  const answer = await engine.json({ method: 'GET', path: imagePath(image, 'json'), signal: options.signal });
  const identity = identifyImage(answer);
  return scanExport(
    identity,
    () => engine.stream({ method: 'GET', path: imagePath(image, 'get'), signal: options.signal }),
    options
  );
}

/**
 * Scans the export of an engine's image. The engine's own image is trusted more than a downloaded file, so its size is
 * not limited. The result is the same whichever of its names was requested, or its id. An image without layers is not
 * exported: some engines refuse to.
 */
export async function scanExport(
  { imageId, tags, withoutLayers }: EngineImageIdentity,
  openExport: () => Promise<Readable>,
  options: ScanOptions
): Promise<ScannedImage> {
  const source = { kind: 'engine', name: tags[0] ?? imageId } as const;
  if (withoutLayers) {
    const image = { ...emptyImage, ...withoutLayers, tags };
    return { source, imageId, image, layers: [], merged: mergeLayers([]) };
  }
  options.onProgress?.({ phase: 'waiting', readBytes: 0, totalBytes: null });
  const scanned = await scanStream(await openExport(), source, { ...options, limits: options.limits ?? engineLimits });
  return { ...scanned, imageId, image: { ...scanned.image, tags } };
}

const emptyImage = { configDigest: null, manifestDigest: null, rootDigest: null, layers: [], choices: [] };

/** Scans an image archive from a stream. */
export async function scanStream(
  stream: Readable,
  source: AnalysisReport['source'],
  options: ScanOptions
): Promise<ScannedImage> {
  const stop = (): void => void stream.destroy(new Cancelled());
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  try {
    const contents = await readImageTar(stream, { name: source.name, ...readOptions(options, null) });
    return await scanContents(contents, source, options);
  } finally {
    options.signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}

async function scanContents(
  contents: ArchiveContents,
  source: AnalysisReport['source'],
  options: ScanOptions
): Promise<ScannedImage> {
  const image = await resolveImage(contents, { platform: null, reference: null, ...options.choice });
  const layers = await loadLayers(contents, image);
  // While the last layers are hashed.
  const merged = mergeLayers(layers.map(({ table }) => table));
  return { source, image, layers: await verifyLayers(layers, image), merged };
}

function readOptions({ signal, limits = archiveLimits, onProgress }: ScanOptions, totalBytes: number | null) {
  return {
    signal,
    limits,
    onBytes: (readBytes: number): void => onProgress?.({ phase: 'reading', readBytes, totalBytes })
  };
}
