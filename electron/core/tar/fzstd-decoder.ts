import { Decompress } from 'fzstd';
import { FormatError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { sequentialDecoder } from './sequential-decoder.ts';
import { ZstdFrames } from './zstd-frames.ts';
import type { FramePiece } from './zstd-frames.ts';

/** Decompresses in small packets, so that the consumer can be awaited in between. */
const ZSTD_PACKET_BYTES = 1 << 16;

/**
 * The library moves its complete window for each block, so many small blocks in a large window could take nearly
 * forever. A writer that flushes every 2 KiB into the usual window of 8 MiB makes it move some 3,000 bytes per byte.
 */
const MAX_MOVED_PER_BYTE = 2 ** 14;
const FREE_MOVED_BYTES = 2 ** 32;

/** A zstd decoder for versions of Node without one. */
export function fzstdDecoder(onData: OnData, counts: ByteCounts, entry: string): Decoder {
  return sequentialDecoder(onData, counts, entry, (output) => {
    const frames = new ZstdFrames();
    let frame: Decompress | undefined;
    let movedBytes = 0;
    const openFrame = (windowBytes: number): Decompress =>
      new Decompress((block) => {
        // The library overwrites its window while readers may still use a view, so they get a copy.
        output.write(Buffer.from(block));
        movedBytes += windowBytes;
        const freeBytes = FREE_MOVED_BYTES + MAX_MOVED_PER_BYTE * (counts.compressedBytes + counts.uncompressedBytes);
        if (movedBytes > freeBytes) throw new FormatError({ reason: 'zstd-too-many-blocks' });
      });
    const push = ({ bytes, windowBytes, isFirst, isLast }: FramePiece): void => {
      if (isFirst) frame = openFrame(windowBytes);
      frame?.push(bytes, isLast);
    };
    return {
      async write(chunk) {
        for (let at = 0; at < chunk.length; at += ZSTD_PACKET_BYTES) {
          // The library keeps views of incomplete blocks.
          const packet = Buffer.from(chunk.subarray(at, at + ZSTD_PACKET_BYTES));
          frames.split(packet).forEach(push);
          await output.accepted();
        }
      },
      end() {
        frames.end();
        return Promise.resolve();
      }
    };
  });
}
