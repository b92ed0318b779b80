import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { Readable } from 'node:stream';
import { realpath, stat } from 'node:fs/promises';
import { toErrorData } from '../app-error.ts';
import { openAnalysisCache } from './analysis-cache.ts';
import { scanPath, scanStream } from './analyze-image.ts';
import type { ScanOptions, ScannedImage } from './analyze-image.ts';
import { ImageExplorer } from './explore/image-explorer.ts';
import type { FromWorker, ToWorker, WorkerTask } from './worker-messages.ts';

/** The program of the worker thread: reads one image, tells how far it is, and then answers questions on it. */
async function work(port: MessagePort, task: WorkerTask): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message);
  const never = new AbortController().signal;
  const options: ScanOptions = {
    signal: never,
    choice: task.choice,
    onProgress: spaced((progress) => post({ kind: 'progress', progress }))
  };
  try {
    const scanned = await scanOnce(port, task, options);
    post({ kind: 'progress', progress: { phase: 'stacking', readBytes: 0, totalBytes: null } });
    const explorer = new ImageExplorer(scanned, task.context);
    port.on('message', (message: ToWorker) => {
      if (message.kind === 'ask') post(answer(explorer, message));
    });
    post({ kind: 'ready' });
  } catch (error) {
    post({ kind: 'failed', error: toErrorData(error) });
    port.close();
  }
}

function answer(explorer: ImageExplorer, { id, question, input }: Extract<ToWorker, { kind: 'ask' }>): FromWorker {
  try {
    // The call's schema checked the input before it was sent here.
    const reply = explorer.answers[question] as (input: unknown) => unknown;
    return { kind: 'answer', id, answer: reply(input) };
  } catch (error) {
    return { kind: 'refused', id, error: toErrorData(error) };
  }
}

async function scanOnce(port: MessagePort, task: WorkerTask, options: ScanOptions): Promise<ScannedImage> {
  const cache = task.cacheFolder === null ? null : openAnalysisCache(task.cacheFolder);
  const key = await keyOf(task);
  const cached = key === null ? null : await cache?.read(key);
  if (cached) return cached;
  const { from } = task;
  const scanned = from.kind === 'path' ? await scanPath(from.path, options) : await scanExport(port, from, options);
  if (key !== null && cache && isWhatWasAsked(task, scanned)) await cache.write(key, scanned);
  return scanned;
}

async function scanExport(
  port: MessagePort,
  { image, tags }: Extract<WorkerTask['from'], { kind: 'engine' }>,
  options: ScanOptions
): Promise<ScannedImage> {
  options.onProgress?.({ phase: 'waiting', readBytes: 0, totalBytes: null });
  const stream = receive(port);
  port.postMessage({ kind: 'want-export' } satisfies FromWorker);
  const scanned = await scanStream(stream, { kind: 'engine', name: image }, options);
  return { ...scanned, image: { ...scanned.image, tags } };
}

/** What was sent, as a stream that acknowledges what has been read, which bounds what is on its way. */
function receive(port: MessagePort): Readable {
  const sent = new Readable({ read: () => undefined, objectMode: true });
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'end') sent.push(null);
    else if (message.kind === 'chunk')
      sent.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.length));
  });
  return Readable.from(acknowledge(sent, port), { objectMode: true, highWaterMark: 1 });
}

async function* acknowledge(sent: AsyncIterable<Buffer>, port: MessagePort): AsyncGenerator<Buffer> {
  for await (const chunk of sent) {
    yield chunk;
    port.postMessage({ kind: 'taken', bytes: chunk.length } satisfies FromWorker);
  }
}

/** A file by where it lies and when it was written; an engine's image by its id, which names its content. */
async function keyOf({ from, choice }: WorkerTask): Promise<string | null> {
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
function isWhatWasAsked({ from }: WorkerTask, { image }: ScannedImage): boolean {
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
