/** More than any request of an engine; longer messages are rejected. */
const maxMessageBytes = 1024 * 1024;

const headBytes = 5;

/**
 * The head of a message of this length: not compressed, then the length.
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function frameHead(lengthBytes: number): Buffer {
  const head = Buffer.allocUnsafe(headBytes);
  head[0] = 0;
  head.writeUInt32BE(lengthBytes, 1);
  return head;
}

/** Splits the received bytes of one call into messages. */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0);

  /** The messages completed by these bytes. Throws RangeError for a compressed or too long message. */
  *read(bytes: Buffer): Generator<Buffer, void, undefined> {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#pending.length >= headBytes) {
      const lengthBytes = this.#pending.readUInt32BE(1);
      if (this.#pending[0] !== 0 || lengthBytes > maxMessageBytes)
        throw new RangeError('the message is compressed or too long');
      const end = headBytes + lengthBytes;
      if (this.#pending.length < end) return;
      const message = this.#pending.subarray(headBytes, end);
      this.#pending = this.#pending.subarray(end);
      yield message;
    }
  }

  /** Whether a message is incomplete. */
  get isInside(): boolean {
    return this.#pending.length > 0;
  }
}
