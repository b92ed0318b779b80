import { Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import { AppError, Cancelled, fromErrorData } from '../app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { ImageChoice } from './archive/choose-manifest.ts';
import { engineImageSchema, readAnswer, readImageId, readTags } from './engine-images.ts';
import type { ExplorerContext, ExplorerQuestion, QuestionAnswer, QuestionInput } from './explore/image-explorer.ts';
import { ExportFlow } from './export-flow.ts';
import type { FromWorker, ToWorker, WorkerTask } from './worker-messages.ts';

export interface SessionOptions {
  /** The bundle of worker.ts. */
  workerFile: string;
  /** Where layers that were read are kept; null keeps none. */
  cacheFolder: string | null;
  context: ExplorerContext;
  /** Ends the reading; a session that is open is ended by `close`. */
  signal: AbortSignal;
  choice?: Partial<ImageChoice>;
  onProgress?: (progress: AnalysisProgress) => void;
}

/** An image that was read and is held by a thread of its own. */
export interface AnalysisSession {
  /** Throws worker-died once the thread is gone, analysis-unknown after `close`. */
  ask<Q extends ExplorerQuestion>(question: Q, input: QuestionInput<Q>): Promise<QuestionAnswer<Q>>;
  close(): void;
}

/** Reads a file or an OCI layout. Throws what `scanPath` throws, and worker-died. */
export function openPathSession(path: string, options: SessionOptions): Promise<AnalysisSession> {
  return openSession({ kind: 'path', path }, options, () => Promise.reject(new TypeError('A file needs no export.')));
}

/**
 * Reads an engine's image; the export is asked for only when the image is not known yet. Throws what `scanEngineImage`
 * throws, and worker-died.
 */
export async function openEngineSession(
  engine: EngineClient,
  image: string,
  options: SessionOptions
): Promise<AnalysisSession> {
  // The name goes into a path as it is; what could leave the path is no image's name.
  if (!/^[\w][\w.:/@[\]-]*$/.test(image) || image.includes('..')) {
    throw new AppError('image-not-found', { reference: image.slice(0, 500) });
  }
  const { signal } = options;
  const answer = await engine.json({ method: 'GET', path: `/images/${image}/json`, signal });
  const inspected = readAnswer(engineImageSchema, answer);
  const from = {
    kind: 'engine',
    image,
    imageId: readImageId(inspected.Id),
    tags: readTags(inspected.RepoTags)
  } as const;
  return openSession(from, options, (exportSignal) =>
    engine.stream({ method: 'GET', path: `/images/${image}/get`, signal: exportSignal })
  );
}

const MAX_HEAP_MIB = 2048;

async function openSession(
  from: WorkerTask['from'],
  options: SessionOptions,
  openExport: (signal: AbortSignal) => Promise<Readable>
): Promise<AnalysisSession> {
  const { workerFile, signal, context, cacheFolder, choice = {}, onProgress } = options;
  if (signal.aborted) throw new Cancelled();
  const worker = new Worker(workerFile, {
    workerData: { from, choice, context, cacheFolder } satisfies WorkerTask,
    // A bundle needs nothing of what this program was started with, such as a loader of TypeScript.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB }
  });
  const read = new AbortController();
  const flow = new ExportFlow(worker);
  const thread = new Thread(worker);
  try {
    await new Promise<void>((resolve, reject) => {
      // A thread that is busy hears no message, so stopping it is the only way that is always quick.
      signal.addEventListener('abort', () => reject(new Cancelled()), { once: true, signal: read.signal });
      thread.onDeath(reject);
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(fromErrorData(message.error));
        else if (message.kind === 'progress') onProgress?.(message.progress);
        else if (message.kind === 'taken') flow.taken(message.bytes);
        else if (message.kind === 'want-export') void flow.send(openExport, read.signal).catch(reject);
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
class Thread implements AnalysisSession {
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

  ask<Q extends ExplorerQuestion>(question: Q, input: QuestionInput<Q>): Promise<QuestionAnswer<Q>> {
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
