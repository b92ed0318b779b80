import { FormatError, UnsupportedError } from './decoder.ts';

/** Part of one frame, or all of it. */
export interface FramePiece {
  bytes: Buffer;
  /** Max distance of the block's back references. */
  windowBytes: number;
  isFirst: boolean;
  isLast: boolean;
}

/** The default limit of zstd's own decoder. */
const MAX_WINDOW_BYTES = 2 ** 27;

const MAGIC = 0xfd2fb528;
const MAX_BLOCK_BYTES = 2 ** 17;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

/** The next part of the file, and its size in bytes. */
type Part = readonly [kind: PartKind, bytes: number];
type PartKind =
  'magic' | 'skippable-size' | 'skippable' | 'descriptor' | 'header' | 'block-header' | 'block' | 'checksum';

const FRAME_START: Part = ['magic', 4];
const BLOCK_START: Part = ['block-header', 3];

const isSkippableMagic = (magic: number): boolean => magic >= 0x184d2a50 && magic <= 0x184d2a5f;

/** Whether the four bytes start a zstd file, which may start with a skippable frame. */
export function isZstdMagic(magic: number): boolean {
  return magic === MAGIC || isSkippableMagic(magic);
}

/**
 * Splits a zstd file into frames, without decompressing them, and drops skippable frames. Decoders differ in
 * what they do after the end of a frame: with one frame at a time, they agree.
 * Format: https://datatracker.ietf.org/doc/html/rfc8878#section-3.1
 */
export class ZstdFrames {
  #part = FRAME_START;
  /** Bytes of the part read so far. */
  #partBytes = 0;
  readonly #field = Buffer.alloc(13);
  /** The current frame's header: it is passed on once it is complete. */
  readonly #header = Buffer.alloc(18);
  #headerBytes = 0;
  #windowBytes = 0;
  #isLastBlock = false;

  /** The frames' pieces in the chunk, in order. Throws Error if the input is not zstd. */
  split(chunk: Buffer): FramePiece[] {
    const pieces: FramePiece[] = [];
    let start = 0;
    let isFirst = false;
    const addPiece = (bytes: Buffer, isLast: boolean): void => {
      pieces.push({ bytes, windowBytes: this.#windowBytes, isFirst, isLast });
      isFirst = false;
    };
    for (let at = 0; at < chunk.length;) {
      at += this.#take(chunk, at);
      while (this.#partBytes === this.#part[1]) {
        const [ended] = this.#part;
        this.#part = this.#next();
        this.#partBytes = 0;
        if (ended === 'header') {
          isFirst = true;
          start = at - this.#headerBytes;
          if (start >= 0) continue;
          // It started in an earlier chunk.
          addPiece(Buffer.from(this.#header.subarray(0, this.#headerBytes)), false);
          start = at;
        } else if (this.#part === FRAME_START && ended !== 'skippable') {
          addPiece(chunk.subarray(start, at), true);
        }
      }
    }
    if (this.#isInBlocks() && start < chunk.length) addPiece(chunk.subarray(start), false);
    return pieces;
  }

  /** Throws Error if the last frame is not complete. */
  end(): void {
    if (this.#part !== FRAME_START || this.#partBytes > 0) throw new FormatError({ reason: 'compressed-cut-short' });
  }

  #isInBlocks(): boolean {
    return ['block-header', 'block', 'checksum'].includes(this.#part[0]);
  }

  /** Consumes the chunk's bytes of the part, and returns their number. */
  #take(chunk: Buffer, at: number): number {
    const [kind, totalBytes] = this.#part;
    const length = Math.min(totalBytes - this.#partBytes, chunk.length - at);
    if (kind !== 'block' && kind !== 'skippable') chunk.copy(this.#field, this.#partBytes, at, at + length);
    this.#partBytes += length;
    return length;
  }

  #next(): Part {
    switch (this.#part[0]) {
      case 'magic':
        return this.#readMagic();
      case 'skippable-size':
        return ['skippable', this.#field.readUInt32LE()];
      case 'skippable':
      case 'checksum':
        return FRAME_START;
      case 'descriptor':
        return this.#readDescriptor();
      case 'header':
        return this.#readHeader();
      case 'block-header':
        return this.#readBlockHeader();
      case 'block':
        if (!this.#isLastBlock) return BLOCK_START;
        return this.#layout().hasChecksum ? ['checksum', 4] : FRAME_START;
    }
  }

  #readMagic(): Part {
    const magic = this.#field.readUInt32LE();
    if (isSkippableMagic(magic)) return ['skippable-size', 4];
    if (magic !== MAGIC) throw new FormatError({ reason: 'zstd-frame-invalid' });
    this.#headerBytes = this.#field.copy(this.#header, 0, 0, 4);
    return ['descriptor', 1];
  }

  #readDescriptor(): Part {
    this.#headerBytes += this.#field.copy(this.#header, 4, 0, 1);
    const { isReserved, windowBytes, dictionaryIdBytes, contentSizeBytes } = this.#layout();
    if (isReserved) throw new FormatError({ reason: 'zstd-frame-invalid' });
    return ['header', windowBytes + dictionaryIdBytes + contentSizeBytes];
  }

  /** Reads the sizes of the header's other fields from its descriptor. */
  #layout() {
    const descriptor = this.#header.readUInt8(4);
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const contentSizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6] ?? 0;
    return {
      isReserved: (descriptor & 0x08) !== 0,
      hasChecksum: (descriptor & 0x04) !== 0,
      windowBytes: isSingleSegment ? 0 : 1,
      dictionaryIdBytes: DICTIONARY_ID_BYTES[descriptor & 3] ?? 0,
      contentSizeBytes: contentSizeBytes === 0 && isSingleSegment ? 1 : contentSizeBytes
    };
  }

  #readHeader(): Part {
    const { windowBytes, dictionaryIdBytes, contentSizeBytes } = this.#layout();
    const contentSizeAt = windowBytes + dictionaryIdBytes;
    this.#headerBytes += this.#field.copy(this.#header, 5, 0, contentSizeAt + contentSizeBytes);
    const dictionaryId = dictionaryIdBytes === 0 ? 0 : this.#field.readUIntLE(windowBytes, dictionaryIdBytes);
    if (dictionaryId !== 0) throw new UnsupportedError('zstd-dictionary');
    this.#windowBytes =
      windowBytes === 1
        ? windowOf(this.#field.readUInt8())
        : contentSizeOf(this.#field.subarray(contentSizeAt, contentSizeAt + contentSizeBytes));
    if (this.#windowBytes > MAX_WINDOW_BYTES) throw new UnsupportedError('zstd-window');
    return BLOCK_START;
  }

  #readBlockHeader(): Part {
    const header = this.#field.readUIntLE(0, 3);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === 3) throw new FormatError({ reason: 'zstd-frame-invalid' });
    if (size > Math.min(this.#windowBytes, MAX_BLOCK_BYTES)) throw new FormatError({ reason: 'zstd-frame-invalid' });
    this.#isLastBlock = (header & 1) === 1;
    // Type 1 is one byte, repeated.
    return ['block', type === 1 ? 1 : size];
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSizeOf(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE());
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}
