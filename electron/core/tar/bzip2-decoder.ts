import bzip2 from 'unbzip2-stream/lib/bzip2.js';
import { FormatError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { BitReader, InputEnded } from './bit-reader.ts';
import { sequentialDecoder } from './sequential-decoder.ts';

const OUTPUT_BYTES = 1 << 18;
/** "BZh", the size of the blocks, and six bytes of the first block or of the end. */
const HEADER_BYTES = 10;
/** More than a valid block of the largest size can have: 900,000 symbols of at most 20 bits. */
const MAX_BLOCK_INPUT_BYTES = 4_000_000;

/**
 * A decoder of bzip2 files, of several streams too. The library decodes one block at a time, whose input must be
 * complete; the bits are read and the output is collected here, several times faster than by its own stream.
 */
export function bzip2Decoder(onData: OnData, counts: ByteCounts, entry: string): Decoder {
  return sequentialDecoder(onData, counts, entry, (output) => {
    const bits = new BitReader();
    const readBits = (count: number | null): number => bits.read(count);
    let work = new Int32Array(0);
    /** Null between streams. */
    let streamCrc: number | null = null;
    let hasStream = false;
    /** A block is tried once as much input is there, and again with more. */
    let requiredBytes = HEADER_BYTES;
    let chunk = Buffer.allocUnsafe(OUTPUT_BYTES);
    let chunkBytes = 0;
    const flush = (): void => {
      output.write(chunk.subarray(0, chunkBytes));
      chunk = Buffer.allocUnsafe(OUTPUT_BYTES);
      chunkBytes = 0;
    };
    const addByte = (byte: number): void => {
      chunk[chunkBytes++] = byte;
      if (chunkBytes === OUTPUT_BYTES) flush();
    };
    const readHeader = (): void => {
      if (hasStream && bits.isZeros()) {
        bits.skipAll();
        return;
      }
      if (hasStream && !bits.startsWith('BZh')) throw new FormatError({ reason: 'data-after-compressed' });
      const hundredThousands = bzip2.header(readBits);
      hasStream = true;
      streamCrc = 0;
      if (work.length !== hundredThousands * 100_000) work = new Int32Array(hundredThousands * 100_000);
      requiredBytes = 25_000 + work.length;
    };
    /** Whether a part was decoded: a header, a block, or the end of a stream. */
    const decodePart = (isLast: boolean): boolean => {
      if (bits.availableBytes === 0 || (!isLast && bits.availableBytes < requiredBytes)) return false;
      const before = bits.position;
      try {
        if (streamCrc === null) readHeader();
        else {
          streamCrc = bzip2.decompress(readBits, addByte, work, work.length, streamCrc);
          requiredBytes = streamCrc === null ? HEADER_BYTES : 25_000 + work.length;
        }
        return true;
      } catch (error) {
        if (!(error instanceof InputEnded)) throw error;
        if (isLast || requiredBytes > MAX_BLOCK_INPUT_BYTES) throw new FormatError({ reason: 'compressed-cut-short' });
        // No output was made: a block is read completely before its first byte is known.
        bits.seek(before);
        requiredBytes *= 2;
        return false;
      }
    };
    const decode = async (isLast: boolean): Promise<void> => {
      try {
        while (decodePart(isLast)) await output.accepted();
      } catch (error) {
        // The library's messages explain nothing.
        throw error instanceof FormatError ? error : new FormatError({ reason: 'bzip2-invalid' });
      }
    };
    return {
      write(bytes) {
        bits.add(bytes);
        return decode(false);
      },
      async end() {
        await decode(true);
        if (streamCrc !== null || !hasStream) throw new FormatError({ reason: 'compressed-cut-short' });
        flush();
        await output.accepted();
      }
    };
  });
}
