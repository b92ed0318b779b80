import type { ServerHttp2Stream } from 'node:http2';
import { frameHead } from './grpc-frames.ts';

/** Max size of one write: the small messages of one turn of the event loop are combined. */
const maxGatheredBytes = 256 * 1024;
/** Larger parts are written without copying. */
const largePartBytes = 64 * 1024;
/** When more is buffered, the sender should wait. */
const maxBufferedBytes = 1024 * 1024;

/** Sends the messages of one call. */
export class MessageWriter {
  readonly #stream: ServerHttp2Stream;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #isScheduled = false;
  #drained: Promise<void> | undefined;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  /**
   * Queues one message, given in parts. Returns undefined while more may be queued; otherwise a promise that resolves when
   * the buffer is drained or the call has ended.
   */
  send(...parts: Uint8Array[]): Promise<void> | undefined {
    if (this.#stream.destroyed) return undefined;
    let lengthBytes = 0;
    for (const part of parts) lengthBytes += part.length;
    this.#gather(frameHead(lengthBytes));
    for (const part of parts) {
      if (part.length < largePartBytes) this.#gather(part);
      else {
        this.flush();
        this.#stream.write(part);
      }
    }
    if (this.#gatheredBytes >= maxGatheredBytes) this.flush();
    else if (!this.#isScheduled && this.#gatheredBytes > 0) {
      this.#isScheduled = true;
      setImmediate(() => {
        this.#isScheduled = false;
        this.flush();
      });
    }
    return this.#stream.writableLength + this.#gatheredBytes < maxBufferedBytes ? undefined : this.#waitForDrain();
  }

  /** Writes the combined messages. */
  flush(): void {
    if (this.#gatheredBytes === 0) return;
    const gathered = Buffer.concat(this.#gathered, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (!this.#stream.destroyed) this.#stream.write(gathered);
  }

  #gather(part: Uint8Array): void {
    this.#gathered.push(part);
    this.#gatheredBytes += part.length;
  }

  /** One promise for all waiting senders. */
  #waitForDrain(): Promise<void> {
    this.#drained ??= new Promise((resolve) => {
      const done = (): void => {
        this.#stream.off('drain', done);
        this.#stream.off('close', done);
        this.#drained = undefined;
        resolve();
      };
      this.#stream.on('drain', done);
      this.#stream.on('close', done);
    });
    return this.#drained;
  }
}
