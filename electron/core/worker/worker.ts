import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import { realpath, stat } from 'node:fs/promises';
import type { AnalysisProgress } from '#contract/schema/analysis.ts';
import { toErrorData } from '../util/app-error.ts';
import { openAnalysisCache } from '../analysis/analysis-cache.ts';
import { scanExport, scanPath } from '../analysis/scan-image.ts';
import type { ScanOptions, ScannedImage } from '../analysis/scan-image.ts';
import { ComparisonExplorer, type ComparisonQueries } from '../compare/comparison-explorer.ts';
import { writeAnalysis, writeComparison } from '../export/formats.ts';
import { ImageExplorer, type QueryInput } from '../analysis/explore/image-explorer.ts';
import { throttleProgress } from '../util/throttle-progress.ts';
import { receiveExport, receiveLayer } from '../analysis/thread/receive-export.ts';
import type { LayerSource } from '../analysis/read-layer-files.ts';
import type { JobContext } from '../job/job-context.ts';
import { registryLayerSource } from '../analysis/remote/registry-layer-source.ts';
import { findLayer, scanRemote, type LayerProvider, type ScannedRemote } from '../analysis/remote/scan-remote.ts';
import type {
  FromWorker,
  ImageTask,
  LocalImage,
  RemoteSource,
  ToWorker,
  WorkerTask
} from '../analysis/thread/worker-messages.ts';

type LocalTask = ImageTask & { from: LocalImage };
type OnProgress = (progress: AnalysisProgress) => void;
/** Queries by name. Their inputs were validated by the calls' schemas before they were sent here. */
type Answers = Readonly<Record<string, (input: never, job: never) => unknown>>;

/** The worker thread's program: reads images, reports its progress, and then answers queries about them. */
async function work(port: MessagePort, task: WorkerTask): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message);
  try {
    const scans = new Map<number, ScannedRemote>();
    for (const image of inReadingOrder(task.images)) {
      const imageTask = task.images[image];
      if (!imageTask) continue;
      const onProgress = (progress: AnalysisProgress): void => post({ kind: 'progress', image, progress });
      const { from } = imageTask;
      // Reported before anything is read, so that an error is attributed to this image.
      if (from.kind === 'path') onProgress({ phase: 'reading', readBytes: 0, totalBytes: null });
      const scan =
        from.kind === 'registry'
          ? await scanInRegistry(port, from, image, { scans, cacheFolder: task.cacheFolder, onProgress })
          : {
              scanned: await scanCached(port, { ...imageTask, from }, image, task.cacheFolder, onProgress),
              missing: []
            };
      scans.set(image, scan);
      onProgress({ phase: 'merging', readBytes: 0, totalBytes: null });
    }
    answerQueries(port, answersOf(port, task, scans));
    post({ kind: 'ready' });
  } catch (error) {
    post({ kind: 'failed', error: toErrorData(error) });
    port.close();
  }
}

/** Images in registries come last: the others may have their layers. */
function inReadingOrder(images: readonly ImageTask[]): number[] {
  const isRemote = (at: number): number => (images[at]?.from.kind === 'registry' ? 1 : 0);
  return [...images.keys()].sort((a, b) => isRemote(a) - isRemote(b) || a - b);
}

function answersOf(
  port: MessagePort,
  { kind, images }: WorkerTask,
  scans: ReadonlyMap<number, ScannedRemote>
): Answers {
  const explorers = images.flatMap(({ context }, image) => {
    const scan = scans.get(image);
    return scan ? [new ImageExplorer(scan.scanned, context)] : [];
  });
  const [first] = explorers;
  if (kind === 'explore' && first)
    return { ...first.answers, document: ({ format }: QueryInput<'document'>) => writeAnalysis(first, format) };
  const sources = images.map(({ from }, image): LayerSource => {
    if (from.kind === 'path') return from;
    if (from.kind === 'registry') {
      return registryLayerSource(from.found.image, (layer) => Promise.resolve(receiveLayer(port, image, layer)));
    }
    return {
      kind: 'stream',
      name: from.tags[0] ?? from.imageId,
      open: () => Promise.resolve(receiveExport(port, image, true))
    };
  });
  const remotes = images.map(({ from }, image) =>
    from.kind === 'registry' ? { image: from.found.image, missing: scans.get(image)?.missing ?? [] } : null
  );
  const comparison = new ComparisonExplorer(explorers, sources, remotes);
  return {
    ...comparison.answers,
    document: ({ baseline, format }: ComparisonQueries['document']['input']) =>
      writeComparison(explorers, comparison.report(baseline), format)
  };
}

function answerQueries(port: MessagePort, answers: Answers): void {
  const post = (message: FromWorker): void => port.postMessage(message);
  const running = new Map<number, AbortController>();
  const answer = async ({ id, query, input }: Extract<ToWorker, { kind: 'query' }>): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      const emit = (event: unknown): void => post({ kind: 'event', id, event });
      const job: JobContext<unknown> = { signal: stop.signal, emit };
      post({ kind: 'answer', id, answer: await answers[query]?.(input as never, job as never) });
    } catch (error) {
      post({ kind: 'refused', id, error: toErrorData(error) });
    } finally {
      running.delete(id);
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'query') void answer(message);
    else if (message.kind === 'stop') running.get(message.id)?.abort();
  });
}

async function scanCached(
  port: MessagePort,
  task: LocalTask,
  image: number,
  cacheFolder: string | null,
  onProgress: OnProgress
): Promise<ScannedImage> {
  const options: ScanOptions = {
    signal: new AbortController().signal,
    choice: task.choice,
    onProgress: throttleProgress(onProgress)
  };
  const cache = cacheFolder === null ? null : openAnalysisCache(cacheFolder);
  const key = await keyOf(task);
  const cached = key === null ? null : await cache?.read(key);
  if (cached) return cached;
  const { from } = task;
  const openExport = (): Promise<Readable> => Promise.resolve(receiveExport(port, image, false));
  const scanned =
    from.kind === 'path' ? await scanPath(from.path, options) : await scanExport(from, openExport, options);
  if (key !== null && cache && isRequestedImage(task, scanned)) await cache.write(key, scanned);
  return scanned;
}

async function scanInRegistry(
  port: MessagePort,
  { found, fetchLayers }: RemoteSource,
  image: number,
  {
    scans,
    cacheFolder,
    onProgress
  }: { scans: ReadonlyMap<number, ScannedRemote>; cacheFolder: string | null; onProgress: OnProgress }
): Promise<ScannedRemote> {
  const cache = cacheFolder === null ? null : openAnalysisCache(cacheFolder);
  const key = JSON.stringify(['registry', found.image.reference, found.image.manifestDigest]);
  const cached = (await cache?.read(key)) ?? null;
  if (cached) return { scanned: cached, missing: [] };
  const provider: LayerProvider = {
    find: async (diffId) => findLayer(scans.values(), diffId) ?? (await cache?.readLayer(diffId)) ?? null,
    fetch: fetchLayers ? (layer) => Promise.resolve(receiveLayer(port, image, layer)) : null,
    save: async (layer) => cache?.writeLayer(layer)
  };
  const options = { signal: new AbortController().signal, onProgress: throttleProgress(onProgress) };
  const scan = await scanRemote(found, provider, options);
  if (scan.missing.length === 0) await cache?.write(key, scan.scanned);
  return scan;
}

/**
 * Cache key: a file by its path and modification time; an engine's image by its id, which identifies its content, and
 * its layout.
 */
async function keyOf({ from, choice }: LocalTask): Promise<string | null> {
  if (from.kind === 'engine') return JSON.stringify(['engine', from.layout, from.imageId, from.tags, choice]);
  try {
    const path = await realpath(from.path);
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    if (!(await stat(path)).isFile()) return null;
    return JSON.stringify(['file', path, [size, mtimeNs, ctimeNs, ino].join(' '), choice]);
  } catch {
    return null;
  }
}

/** An engine's export is cached only if it is verified to be the image with that id. */
function isRequestedImage({ from }: LocalTask, { image }: ScannedImage): boolean {
  if (from.kind === 'path') return true;
  return [image.configDigest, image.manifestDigest, image.rootDigest].includes(from.imageId);
}

if (parentPort) void work(parentPort, workerData as WorkerTask);
