import { Worker } from 'node:worker_threads';
import type { AnalysisProgress } from '#contract/schema/analysis.ts';
import { AppError, Cancelled, fromErrorData } from '../../util/app-error.ts';
import type { JobContext } from '../../job/job-context.ts';
import { ExportFlows, type OpenExport, type OpenLayer } from './export-flows.ts';
import type { FromWorker, ImageTask, ToWorker, WorkerTask } from './worker-messages.ts';

export interface ThreadOptions {
  /** The bundle of worker.ts. */
  workerFile: string;
  /** Stores the layers that were read; null stores none. */
  cacheFolder: string | null;
  /** Cancels reading; a thread that is ready is ended by `close`. */
  signal: AbortSignal;
  /** `image` is the index of the image in the list to read. */
  onProgress?: (progress: AnalysisProgress, image: number) => void;
}

export interface ImageToRead {
  readonly task: ImageTask;
  /** Called only if the image is not cached, and to read files. */
  readonly openExport: OpenExport;
  /** For an image in a registry. */
  readonly openLayer?: OpenLayer;
}

/** The queries that a thread answers, by name. `event` is the progress of long-running ones. */
type QueryMap<Q> = { [N in keyof Q]: { input: unknown; answer: unknown; event?: unknown } };
type QueryEvent<Query> = Query extends { event: infer E } ? E : never;

/** Scanned images, kept in memory by their own thread. */
export interface ImageThread<Q extends QueryMap<Q>> {
  /** Throws worker-died if the thread has ended, analysis-unknown after `close`. */
  query<N extends keyof Q & string>(query: N, input: Q[N]['input']): Promise<Q[N]['answer']>;
  /** Like `query`, for a long-running query. Also throws Cancelled, immediately. */
  run<N extends keyof Q & string>(
    query: N,
    input: Q[N]['input'],
    job: JobContext<QueryEvent<Q[N]>>
  ): Promise<Q[N]['answer']>;
  close(): void;
}

const MAX_HEAP_MIB = 2048;

/** Scans images in a thread. Throws what scanning throws, and worker-died. */
export async function startImageThread<Q extends QueryMap<Q>>(
  kind: WorkerTask['kind'],
  images: readonly ImageToRead[],
  { workerFile, cacheFolder, signal, onProgress }: ThreadOptions
): Promise<ImageThread<Q>> {
  if (signal.aborted) throw new Cancelled();
  const worker = new Worker(workerFile, {
    workerData: { kind, images: images.map(({ task }) => task), cacheFolder } satisfies WorkerTask,
    // A bundle needs none of this process's flags, such as a TypeScript loader.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB }
  });
  const flows = new ExportFlows(worker, images);
  const thread = new Thread<Q>(worker, flows);
  const read = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      // A busy thread handles no messages, so only terminating it is always quick.
      signal.addEventListener('abort', () => reject(new Cancelled()), { once: true, signal: read.signal });
      thread.onDeath(reject);
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'failed') reject(fromErrorData(message.error));
        else if (message.kind === 'progress') onProgress?.(message.progress, message.image);
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

interface PendingQuery {
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
  emit: (event: never) => void;
}

/** Queries to a worker and their answers. */
class Thread<Q extends QueryMap<Q>> implements ImageThread<Q> {
  readonly #worker: Worker;
  readonly #flows: ExportFlows;
  readonly #pending = new Map<number, PendingQuery>();
  readonly #deathListeners = new Set<(error: unknown) => void>();
  #last = 0;
  #end: AppError | null = null;

  constructor(worker: Worker, flows: ExportFlows) {
    this.#worker = worker;
    this.#flows = flows;
    worker.on('error', (cause) => this.#die(new AppError('worker-died', {}, { cause })));
    worker.on('exit', () => this.#die(new AppError('worker-died', {})));
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'event') this.#pending.get(message.id)?.emit(message.event as never);
      if (message.kind !== 'answer' && message.kind !== 'refused') return;
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.kind === 'answer') pending?.resolve(message.answer as never);
      else pending?.reject(fromErrorData(message.error));
    });
  }

  onDeath(listener: (error: unknown) => void): void {
    this.#deathListeners.add(listener);
  }

  query<N extends keyof Q & string>(query: N, input: Q[N]['input']): Promise<Q[N]['answer']> {
    return this.#put(query, input, () => undefined).answer;
  }

  async run<N extends keyof Q & string>(
    query: N,
    input: Q[N]['input'],
    { signal, emit }: JobContext<QueryEvent<Q[N]>>
  ): Promise<Q[N]['answer']> {
    if (signal.aborted) throw new Cancelled();
    const { id, answer } = this.#put(query, input, emit);
    const stop = (): void => {
      this.#pending.get(id)?.reject(new Cancelled());
      this.#pending.delete(id);
      this.#worker.postMessage({ kind: 'stop', id } satisfies ToWorker);
    };
    signal.addEventListener('abort', stop, { once: true });
    return answer.finally(() => signal.removeEventListener('abort', stop));
  }

  close(): void {
    this.#die(new AppError('analysis-unknown', {}));
    void this.#worker.terminate();
  }

  #put<A>(query: string, input: unknown, emit: (event: never) => void): { id: number; answer: Promise<A> } {
    const id = ++this.#last;
    if (this.#end) return { id, answer: Promise.reject(this.#end) };
    const answer = new Promise<A>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, emit });
      this.#worker.postMessage({ kind: 'query', id, query, input } satisfies ToWorker);
    });
    return { id, answer };
  }

  #die(error: AppError): void {
    if (this.#end) return;
    this.#end = error;
    this.#flows.close();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    for (const listener of this.#deathListeners) listener(error);
  }
}
