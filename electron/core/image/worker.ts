import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { realpath, stat } from 'node:fs/promises';
import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import { toErrorData } from '../app-error.ts';
import { openAnalysisCache } from './analysis-cache.ts';
import { scanPath, scanStream } from './analyze-image.ts';
import type { ScanOptions, ScannedImage } from './analyze-image.ts';
import { ComparisonExplorer } from './compare/comparison-explorer.ts';
import { ImageExplorer } from './explore/image-explorer.ts';
import { spaceProgress } from './space-progress.ts';
import { receiveExport } from './receive-export.ts';
import type { LayerSource } from './read-layer-files.ts';
import type { JobContext } from '../job/job-context.ts';
import type { FromWorker, ImageTask, ToWorker, WorkerTask } from './worker-messages.ts';

/** Questions by their names. Their inputs were checked by the calls' schemas before they were sent here. */
type Answers = Readonly<Record<string, (input: never, job: never) => unknown>>;

/** The program of the worker thread: reads images, tells how far it is, and then answers questions on them. */
async function work(port: MessagePort, task: WorkerTask): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message);
  try {
    const explorers: ImageExplorer[] = [];
    for (const [image, imageTask] of task.images.entries()) {
      const tell = (progress: AnalysisProgress): void => post({ kind: 'progress', image, progress });
      const scanned = await scanOnce(port, imageTask, image, task.cacheFolder, tell);
      tell({ phase: 'stacking', readBytes: 0, totalBytes: null });
      explorers.push(new ImageExplorer(scanned, imageTask.context));
    }
    answerQuestions(port, answersOf(port, task, explorers));
    post({ kind: 'ready' });
  } catch (error) {
    post({ kind: 'failed', error: toErrorData(error) });
    port.close();
  }
}

function answersOf(port: MessagePort, { kind, images }: WorkerTask, explorers: ImageExplorer[]): Answers {
  const [first] = explorers;
  if (kind === 'explore' && first) return first.answers;
  const sources = images.map(({ from }, image): LayerSource => {
    if (from.kind === 'path') return from;
    return { kind: 'stream', name: from.image, open: () => Promise.resolve(receiveExport(port, image, true)) };
  });
  return new ComparisonExplorer(explorers, sources).answers;
}

function answerQuestions(port: MessagePort, answers: Answers): void {
  const post = (message: FromWorker): void => port.postMessage(message);
  const running = new Map<number, AbortController>();
  const answer = async ({ id, question, input }: Extract<ToWorker, { kind: 'ask' }>): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      const emit = (event: unknown): void => post({ kind: 'told', id, event });
      const job: JobContext<unknown> = { signal: stop.signal, emit };
      post({ kind: 'answer', id, answer: await answers[question]?.(input as never, job as never) });
    } catch (error) {
      post({ kind: 'refused', id, error: toErrorData(error) });
    } finally {
      running.delete(id);
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'ask') void answer(message);
    else if (message.kind === 'stop') running.get(message.id)?.abort();
  });
}

async function scanOnce(
  port: MessagePort,
  task: ImageTask,
  image: number,
  cacheFolder: string | null,
  tell: (progress: AnalysisProgress) => void
): Promise<ScannedImage> {
  const options: ScanOptions = {
    signal: new AbortController().signal,
    choice: task.choice,
    onProgress: spaceProgress(tell)
  };
  const cache = cacheFolder === null ? null : openAnalysisCache(cacheFolder);
  const key = await keyOf(task);
  const cached = key === null ? null : await cache?.read(key);
  if (cached) return cached;
  const { from } = task;
  const scanned =
    from.kind === 'path' ? await scanPath(from.path, options) : await scanExport(port, from, image, options);
  if (key !== null && cache && isWhatWasAsked(task, scanned)) await cache.write(key, scanned);
  return scanned;
}

async function scanExport(
  port: MessagePort,
  from: Extract<ImageTask['from'], { kind: 'engine' }>,
  image: number,
  options: ScanOptions
): Promise<ScannedImage> {
  options.onProgress?.({ phase: 'waiting', readBytes: 0, totalBytes: null });
  const stream = receiveExport(port, image, false);
  const scanned = await scanStream(stream, { kind: 'engine', name: from.image }, options);
  return { ...scanned, image: { ...scanned.image, tags: from.tags } };
}

/** A file by where it lies and when it was written; an engine's image by its id, which names its content, and its layout. */
async function keyOf({ from, choice }: ImageTask): Promise<string | null> {
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

/** An engine's export is kept only when it is provably the image that the id names. */
function isWhatWasAsked({ from }: ImageTask, { image }: ScannedImage): boolean {
  if (from.kind === 'path') return true;
  return [image.configDigest, image.manifestDigest, image.rootDigest].includes(from.imageId);
}

if (parentPort) void work(parentPort, workerData as WorkerTask);
