import type { ServerHttp2Stream } from 'node:http2';
import { frameHead } from './grpc-frames.ts';

/** Small messages of one turn of the event loop go out in one write of at most this. */
const maxGatheredBytes = 256 * 1024;
/** A part from this size on is written as it is: copying it would cost more than a write. */
const largePartBytes = 64 * 1024;
/** From here on the sender is asked to wait. */
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
   * Queues one message, given in parts. Undefined while more may be queued; else a promise that resolves when the engine
   * has read on, or the call has ended.
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

  /** Writes what is still gathered. */
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

  /** One promise for all who wait. */
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
