import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import type { ToWorker } from './worker-messages.ts';

/** At most so much of an export is between the two threads. */
const IN_FLIGHT_BYTES = 8 * 1024 ** 2;

/** Sends an engine's export to a worker, no faster than it reads. */
export class ExportFlow {
  readonly #worker: Worker;
  readonly #image: number;
  #inFlight = 0;
  #resume: (() => void) | null = null;

  /** `image` is the place of the image among those that the worker reads. */
  constructor(worker: Worker, image: number) {
    this.#worker = worker;
    this.#image = image;
  }

  /** The worker has read so much of it. */
  taken(bytes: number): void {
    this.#inFlight -= bytes;
    if (this.#inFlight <= IN_FLIGHT_BYTES) this.#resume?.();
  }

  /** Opens the export and sends it whole. Throws what opening and reading it throw. */
  async send(open: (signal: AbortSignal) => Promise<Readable>, signal: AbortSignal): Promise<void> {
    const stream = await open(signal);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // A chunk that has its memory to itself changes hands; of shared memory a copy does.
      const own = chunk.byteLength === chunk.buffer.byteLength ? chunk : new Uint8Array(chunk);
      this.#inFlight += own.byteLength;
      this.#post({ kind: 'chunk', image: this.#image, bytes: own }, [own.buffer as ArrayBuffer]);
      if (this.#inFlight > IN_FLIGHT_BYTES) await new Promise<void>((resolve) => (this.#resume = resolve));
    }
    this.#post({ kind: 'end', image: this.#image });
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
