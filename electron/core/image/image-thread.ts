import { Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import { AppError, Cancelled, fromErrorData } from '../app-error.ts';
import { ExportFlow } from './export-flow.ts';
import type { FromWorker, ImageTask, ToWorker, WorkerTask } from './worker-messages.ts';

export interface ThreadOptions {
  /** The bundle of worker.ts. */
  workerFile: string;
  /** Where layers that were read are kept; null keeps none. */
  cacheFolder: string | null;
  /** Ends the reading; a thread that is ready is ended by `close`. */
  signal: AbortSignal;
  /** `image` is the place of the image in the list of those to read. */
  onProgress?: (progress: AnalysisProgress, image: number) => void;
}

export interface ImageToRead {
  readonly task: ImageTask;
  /** Opens the engine's export of it; asked for only when the image is not known yet. */
  readonly openExport: (signal: AbortSignal) => Promise<Readable>;
}

/** The questions that a thread answers, by their names. */
type QuestionMap<Q> = { [N in keyof Q]: { input: unknown; answer: unknown } };

/** Images that were read and are held by a thread of their own. */
export interface ImageThread<Q extends QuestionMap<Q>> {
  /** Throws worker-died once the thread is gone, analysis-unknown after `close`. */
  ask<N extends keyof Q & string>(question: N, input: Q[N]['input']): Promise<Q[N]['answer']>;
  close(): void;
}

const MAX_HEAP_MIB = 2048;

/** Reads images in a thread. Throws what reading them throws, and worker-died. */
export async function startImageThread<Q extends QuestionMap<Q>>(
  kind: WorkerTask['kind'],
  images: readonly ImageToRead[],
  { workerFile, cacheFolder, signal, onProgress }: ThreadOptions
): Promise<ImageThread<Q>> {
  if (signal.aborted) throw new Cancelled();
  const worker = new Worker(workerFile, {
    workerData: { kind, images: images.map(({ task }) => task), cacheFolder } satisfies WorkerTask,
    // A bundle needs nothing of what this program was started with, such as a loader of TypeScript.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB }
  });
  const read = new AbortController();
  const flows = images.map((_, image) => new ExportFlow(worker, image));
  const thread = new Thread<Q>(worker);
  try {
    await new Promise<void>((resolve, reject) => {
      // A thread that is busy hears no message, so stopping it is the only way that is always quick.
      signal.addEventListener('abort', () => reject(new Cancelled()), { once: true, signal: read.signal });
      thread.onDeath(reject);
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(fromErrorData(message.error));
        else if (message.kind === 'progress') onProgress?.(message.progress, message.image);
        else if (message.kind === 'taken') flows[message.image]?.taken(message.bytes);
        else if (message.kind === 'want-export') {
          const image = images[message.image];
          if (image) void flows[message.image]?.send(image.openExport, read.signal).catch(reject);
        }
      });
    });
    return thread;
  } catch (error) {
    thread.close();
    throw error;
  } finally {
    read.abort();
  }
}

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

/** Questions and answers with a worker. */
class Thread<Q extends QuestionMap<Q>> implements ImageThread<Q> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #deathListeners = new Set<(error: unknown) => void>();
  #last = 0;
  #end: AppError | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('error', (cause) => this.#die(new AppError('worker-died', {}, { cause })));
    worker.on('exit', () => this.#die(new AppError('worker-died', {})));
    worker.on('message', (message: FromWorker) => {
      if (message.kind !== 'answer' && message.kind !== 'refused') return;
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.kind === 'answer') waiting?.resolve(message.answer as never);
      else waiting?.reject(fromErrorData(message.error));
    });
  }

  onDeath(listener: (error: unknown) => void): void {
    this.#deathListeners.add(listener);
  }

  ask<N extends keyof Q & string>(question: N, input: Q[N]['input']): Promise<Q[N]['answer']> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ kind: 'ask', id, question, input } satisfies ToWorker);
    });
  }

  close(): void {
    this.#die(new AppError('analysis-unknown', {}));
    void this.#worker.terminate();
  }

  #die(error: AppError): void {
    if (this.#end) return;
    this.#end = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const listener of this.#deathListeners) listener(error);
  }
}
