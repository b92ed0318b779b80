import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { toErrorData } from '../../util/app-error.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** At most so much of an export is between the two threads. */
const IN_FLIGHT_BYTES = 8 * 1024 ** 2;

/** Opens an engine's export of an image; `again` asks for the very image that was read before, whatever its name means now. */
export type OpenExport = (signal: AbortSignal, again: boolean) => Promise<Readable>;

/** Opens one layer of an image by its place, as its registry has it. */
export type OpenLayer = (layer: number, signal: AbortSignal) => Promise<Readable>;

interface Openable {
  readonly openExport: OpenExport;
  readonly openLayer?: OpenLayer;
}

/** Sends a worker the exports and layers that it wants, no faster than it reads. */
export class ExportFlows {
  readonly #worker: Worker;
  readonly #images: readonly Openable[];
  readonly #flows = new Map<number, ExportFlow>();

  constructor(worker: Worker, images: readonly Openable[]) {
    this.#worker = worker;
    this.#images = images;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'request-export' || message.kind === 'request-layer') this.#start(message);
      else if (message.kind === 'ack') this.#flows.get(message.exportId)?.acknowledge(message.bytes);
      else if (message.kind === 'cancel-export') this.#flows.get(message.exportId)?.stop();
    });
  }

  /** Ends all that is on its way. */
  close(): void {
    for (const flow of this.#flows.values()) flow.stop();
  }

  #start(request: Extract<FromWorker, { kind: 'request-export' | 'request-layer' }>): void {
    const { exportId } = request;
    const open = this.#opener(request);
    if (!open) return;
    const flow = new ExportFlow(this.#worker, exportId);
    this.#flows.set(exportId, flow);
    void flow.send(open).finally(() => this.#flows.delete(exportId));
  }

  #opener(
    request: Extract<FromWorker, { kind: 'request-export' | 'request-layer' }>
  ): ((signal: AbortSignal) => Promise<Readable>) | null {
    const image = this.#images[request.image];
    if (!image) return null;
    if (request.kind === 'request-export') return (signal) => image.openExport(signal, request.again);
    const { openLayer } = image;
    return openLayer ? (signal) => openLayer(request.layer, signal) : null;
  }
}

/** One export on its way. */
class ExportFlow {
  readonly #worker: Worker;
  readonly #exportId: number;
  readonly #stopped = new AbortController();
  #inFlight = 0;
  #resume: (() => void) | null = null;

  constructor(worker: Worker, exportId: number) {
    this.#worker = worker;
    this.#exportId = exportId;
  }

  /** The worker has read so much of it. */
  acknowledge(bytes: number): void {
    this.#inFlight -= bytes;
    if (this.#inFlight <= IN_FLIGHT_BYTES) this.#resume?.();
  }

  stop(): void {
    this.#stopped.abort();
    this.#resume?.();
  }

  /** Opens the export and sends it whole; tells the worker what went wrong. */
  async send(open: (signal: AbortSignal) => Promise<Readable>): Promise<void> {
    const exportId = this.#exportId;
    const { signal } = this.#stopped;
    try {
      const stream = await open(signal);
      signal.addEventListener('abort', () => void stream.destroy(), { once: true });
      if (signal.aborted) stream.destroy();
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        // A chunk that has its memory to itself changes hands; of shared memory a copy does.
        const own = chunk.byteLength === chunk.buffer.byteLength ? chunk : new Uint8Array(chunk);
        this.#inFlight += own.byteLength;
        this.#post({ kind: 'chunk', exportId, bytes: own }, [own.buffer as ArrayBuffer]);
        if (this.#inFlight > IN_FLIGHT_BYTES) await new Promise<void>((resolve) => (this.#resume = resolve));
      }
      this.#post({ kind: 'end', exportId });
    } catch (error) {
      this.#post({ kind: 'export-failed', exportId, error: toErrorData(error) });
    }
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
