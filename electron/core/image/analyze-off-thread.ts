import { Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import { AppError, Cancelled, fromErrorData } from '../app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { ImageChoice } from './archive/choose-manifest.ts';
import type { ImageAnalysis } from './describe-analysis.ts';
import { engineImageSchema, readAnswer, readImageId, readTags } from './engine-images.ts';
import type { Rules } from './layer/check-rules.ts';
import type { FromWorker, ToWorker, WorkerTask } from './worker-messages.ts';

export interface OffThreadOptions {
  /** The bundle of worker.ts. */
  workerFile: string;
  /** Where layers that were read are kept; null keeps none. */
  cacheFolder: string | null;
  rules: Rules;
  signal: AbortSignal;
  choice?: Partial<ImageChoice>;
  onProgress?: (progress: AnalysisProgress) => void;
}

/** Analyses a file or an OCI layout in a thread of its own. Throws what `scanPath` throws, and worker-died. */
export function analyzePathOffThread(path: string, options: OffThreadOptions): Promise<ImageAnalysis> {
  return runWorker({ kind: 'path', path }, options, () => Promise.reject(new TypeError('A file needs no export.')));
}

/**
 * Analyses an engine's image in a thread of its own; the export is asked for only when the image is not known yet.
 * Throws what `scanEngineImage` throws, and worker-died.
 */
export async function analyzeEngineImageOffThread(
  engine: EngineClient,
  image: string,
  options: OffThreadOptions
): Promise<ImageAnalysis> {
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
  return runWorker(from, options, (exportSignal) =>
    engine.stream({ method: 'GET', path: `/images/${image}/get`, signal: exportSignal })
  );
}

/** At most so much of an export is between the two threads. */
const IN_FLIGHT_BYTES = 8 * 1024 ** 2;
const MAX_HEAP_MIB = 2048;

function runWorker(
  from: WorkerTask['from'],
  options: OffThreadOptions,
  openExport: (signal: AbortSignal) => Promise<Readable>
): Promise<ImageAnalysis> {
  const { workerFile, signal, rules, cacheFolder, choice = {}, onProgress } = options;
  if (signal.aborted) return Promise.reject(new Cancelled());
  const worker = new Worker(workerFile, {
    workerData: { from, choice, rules, cacheFolder } satisfies WorkerTask,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB }
  });
  const ended = new AbortController();
  const flow = new Flow(worker);
  return new Promise<ImageAnalysis>((resolve, reject) => {
    // A thread that is busy hears no message, so stopping it is the only way that is always quick.
    const cancel = (): void => reject(new Cancelled());
    signal.addEventListener('abort', cancel, { once: true });
    ended.signal.addEventListener('abort', () => signal.removeEventListener('abort', cancel));
    worker.on('error', (error) => reject(new AppError('worker-died', {}, { cause: error })));
    worker.on('exit', () => reject(new AppError('worker-died', {})));
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'done') resolve(message.analysis);
      else if (message.kind === 'failed') reject(fromErrorData(message.error));
      else if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'taken') flow.taken(message.bytes);
      else void flow.send(openExport, ended.signal).catch(reject);
    });
  }).finally(() => {
    ended.abort();
    void worker.terminate();
  });
}

/** Sends an export to the worker, no faster than it reads. */
class Flow {
  readonly #worker: Worker;
  #inFlight = 0;
  #resume: (() => void) | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  taken(bytes: number): void {
    this.#inFlight -= bytes;
    if (this.#inFlight <= IN_FLIGHT_BYTES) this.#resume?.();
  }

  async send(open: (signal: AbortSignal) => Promise<Readable>, signal: AbortSignal): Promise<void> {
    const stream = await open(signal);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // A chunk that has its memory to itself changes hands; of shared memory a copy does.
      const own = chunk.byteLength === chunk.buffer.byteLength ? chunk : new Uint8Array(chunk);
      this.#inFlight += own.byteLength;
      this.#post({ kind: 'chunk', bytes: own }, [own.buffer as ArrayBuffer]);
      if (this.#inFlight > IN_FLIGHT_BYTES) await new Promise<void>((resolve) => (this.#resume = resolve));
    }
    this.#post({ kind: 'end' });
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
