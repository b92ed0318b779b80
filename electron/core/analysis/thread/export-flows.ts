import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { toErrorData } from '../../util/app-error.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Max bytes of an export in transit between the two threads. */
const IN_FLIGHT_BYTES = 8 * 1024 ** 2;

/**
 * Opens an engine's export of an image; with `again`, of exactly the image that was read before, even if its name has
 * moved.
 */
export type OpenExport = (signal: AbortSignal, again: boolean) => Promise<Readable>;

/** Opens one layer of an image by its index, as stored in its registry. */
export type OpenLayer = (layer: number, signal: AbortSignal) => Promise<Readable>;

interface Openable {
  readonly openExport: OpenExport;
  readonly openLayer?: OpenLayer;
}

/** Streams the exports and layers that a worker requests, with backpressure. */
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

  /** Cancels all transfers. */
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

/** One transfer. */
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

  /** The worker has read this many bytes of it. */
  acknowledge(bytes: number): void {
    this.#inFlight -= bytes;
    if (this.#inFlight <= IN_FLIGHT_BYTES) this.#resume?.();
  }

  stop(): void {
    this.#stopped.abort();
    this.#resume?.();
  }

  /** Opens the export and streams it to the end; reports an error to the worker. */
  async send(open: (signal: AbortSignal) => Promise<Readable>): Promise<void> {
    const exportId = this.#exportId;
    const { signal } = this.#stopped;
    try {
      const stream = await open(signal);
      signal.addEventListener('abort', () => void stream.destroy(), { once: true });
      if (signal.aborted) stream.destroy();
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        // Transfers a chunk that owns its memory, else a copy.
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
