import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { Readable } from 'node:stream';
import { realpath, stat } from 'node:fs/promises';
import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import { toErrorData } from '../app-error.ts';
import { openAnalysisCache } from './analysis-cache.ts';
import { scanPath, scanStream } from './analyze-image.ts';
import type { ScanOptions, ScannedImage } from './analyze-image.ts';
import { ComparisonExplorer } from './compare/comparison-explorer.ts';
import { ImageExplorer } from './explore/image-explorer.ts';
import type { FromWorker, ImageTask, ToWorker, WorkerTask } from './worker-messages.ts';

/** Questions by their names. Their inputs were checked by the calls' schemas before they were sent here. */
type Answers = Readonly<Record<string, (input: never) => unknown>>;

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
    const answers = answersOf(task, explorers);
    port.on('message', (message: ToWorker) => {
      if (message.kind === 'ask') post(answer(answers, message));
    });
    post({ kind: 'ready' });
  } catch (error) {
    post({ kind: 'failed', error: toErrorData(error) });
    port.close();
  }
}

function answersOf({ kind }: WorkerTask, explorers: ImageExplorer[]): Answers {
  const [first] = explorers;
  if (kind === 'explore' && first) return first.answers;
  return new ComparisonExplorer(explorers).answers;
}

function answer(answers: Answers, { id, question, input }: Extract<ToWorker, { kind: 'ask' }>): FromWorker {
  try {
    return { kind: 'answer', id, answer: answers[question]?.(input as never) };
  } catch (error) {
    return { kind: 'refused', id, error: toErrorData(error) };
  }
}

async function scanOnce(
  port: MessagePort,
  task: ImageTask,
  image: number,
  cacheFolder: string | null,
  tell: (progress: AnalysisProgress) => void
): Promise<ScannedImage> {
  const options: ScanOptions = { signal: new AbortController().signal, choice: task.choice, onProgress: spaced(tell) };
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
  const { stream, stop } = receive(port, image);
  port.postMessage({ kind: 'want-export', image } satisfies FromWorker);
  try {
    const scanned = await scanStream(stream, { kind: 'engine', name: from.image }, options);
    return { ...scanned, image: { ...scanned.image, tags: from.tags } };
  } finally {
    stop();
  }
}

/** What was sent, as a stream that acknowledges what has been read, which bounds what is on its way. */
function receive(port: MessagePort, image: number): { stream: Readable; stop: () => void } {
  const sent = new Readable({ read: () => undefined, objectMode: true });
  const take = (message: ToWorker): void => {
    // What was still on its way of an export before this one is nobody's.
    if (message.kind === 'ask' || message.image !== image) return;
    if (message.kind === 'end') sent.push(null);
    else sent.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.length));
  };
  port.on('message', take);
  const stream = Readable.from(acknowledge(sent, port, image), { objectMode: true, highWaterMark: 1 });
  return { stream, stop: () => port.off('message', take) };
}

async function* acknowledge(sent: AsyncIterable<Buffer>, port: MessagePort, image: number): AsyncGenerator<Buffer> {
  for await (const chunk of sent) {
    yield chunk;
    port.postMessage({ kind: 'taken', image, bytes: chunk.length } satisfies FromWorker);
  }
}

/** A file by where it lies and when it was written; an engine's image by its id, which names its content. */
async function keyOf({ from, choice }: ImageTask): Promise<string | null> {
  if (from.kind === 'engine') return JSON.stringify(['engine', from.imageId, from.tags, choice]);
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

const EVERY_MS = 50;

function spaced(tell: NonNullable<ScanOptions['onProgress']>): NonNullable<ScanOptions['onProgress']> {
  let next = 0;
  let phase = '';
  return (progress) => {
    const now = performance.now();
    if (now < next && progress.phase === phase) return;
    next = now + EVERY_MS;
    phase = progress.phase;
    tell(progress);
  };
}

if (parentPort) void work(parentPort, workerData as WorkerTask);
