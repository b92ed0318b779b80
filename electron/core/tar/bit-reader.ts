/** The input has fewer bits than requested. */
export class InputEnded extends Error {
  override readonly name = 'InputEnded';
}

/** Reads bits from bytes that arrive in chunks, the highest bit first. */
export class BitReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #bits = 0;
  #bitCount = 0;

  /** Complete bytes that were not read. */
  get availableBytes(): number {
    return this.#bytes.length - this.#at;
  }

  /** For `seek`, until bytes are added. */
  get position(): readonly [at: number, bits: number, bitCount: number] {
    return [this.#at, this.#bits, this.#bitCount];
  }

  seek([at, bits, bitCount]: readonly [number, number, number]): void {
    this.#at = at;
    this.#bits = bits;
    this.#bitCount = bitCount;
  }

  /** Copies the chunk. */
  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), chunk]);
    this.#at = 0;
  }

  /** Up to 32 bits; null skips the rest of the byte. Throws InputEnded. */
  read(count: number | null): number {
    if (count === null) {
      this.#bitCount -= this.#bitCount % 8;
      return 0;
    }
    if (count > 24) return (this.read(count - 16) << 16) | this.read(16);
    while (this.#bitCount < count) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new InputEnded();
      this.#at++;
      this.#bits = (this.#bits << 8) | byte;
      this.#bitCount += 8;
    }
    this.#bitCount -= count;
    return (this.#bits >>> this.#bitCount) & ((1 << count) - 1);
  }

  /** Whether all bytes that were not read are zero. */
  isZeros(): boolean {
    return this.#bytes.subarray(this.#at).every((byte) => byte === 0);
  }

  /** Whether the bytes that were not read start with this text, or with as much of it as there is. */
  startsWith(text: string): boolean {
    return text.startsWith(this.#bytes.toString('latin1', this.#at, this.#at + text.length));
  }

  skipAll(): void {
    this.#at = this.#bytes.length;
  }
}
