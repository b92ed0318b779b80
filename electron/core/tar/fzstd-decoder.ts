import { Decompress } from 'fzstd';
import { FormatError } from './decoder.ts';
import { toDamagedError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { ZstdFrames } from './zstd-frames.ts';
import type { FramePiece } from './zstd-frames.ts';

/** Decompressed packet by packet, so that what takes the bytes can be waited for between. */
const ZSTD_PACKET_BYTES = 1 << 16;

/**
 * The library moves its whole window for each block, so many small blocks in a large window could keep it busy without
 * end. A writer that flushes every 2 KiB into the usual window of 8 MiB has it move some 3,000 bytes per byte.
 */
const MAX_MOVED_PER_BYTE = 2 ** 14;
const FREE_MOVED_BYTES = 2 ** 32;

/** A decoder of zstd for a Node that has none of its own. */
export function fzstdDecoder(onData: OnData, counts: ByteCounts, entry: string): Decoder {
  const frames = new ZstdFrames();
  let frame: Decompress | undefined;
  let closed = false;
  let thrownByReader: { thrown: unknown } | undefined;
  let wait: Promise<unknown> | undefined;
  let movedBytes = 0;
  const openFrame = (windowBytes: number): Decompress =>
    new Decompress((block) => {
      if (block.length > 0) passOn(Buffer.from(block));
      movedBytes += windowBytes;
      const freeBytes = FREE_MOVED_BYTES + MAX_MOVED_PER_BYTE * (counts.compressedBytes + counts.uncompressedBytes);
      if (movedBytes > freeBytes) throw new FormatError({ reason: 'zstd-too-many-blocks' });
    });
  // The library writes over its window, and readers may keep a view until they are done: they get a copy.
  const passOn = (copy: Buffer): void => {
    try {
      const busy = onData(copy);
      if (busy) wait = wait ? Promise.all([wait, busy]) : busy;
    } catch (thrown) {
      thrownByReader = { thrown };
      throw thrown;
    }
  };
  const push = ({ bytes, windowBytes, isFirst, isLast }: FramePiece): void => {
    if (isFirst) frame = openFrame(windowBytes);
    frame?.push(bytes, isLast);
  };
  const explainErrors = (work: () => void): void => {
    if (closed) return;
    try {
      work();
    } catch (error) {
      closed = true;
      throw thrownByReader ? thrownByReader.thrown : toDamagedError(entry, error);
    }
  };
  const pushAll = async (chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length; at += ZSTD_PACKET_BYTES) {
      // The library keeps views of what does not make a block yet.
      const packet = Buffer.from(chunk.subarray(at, at + ZSTD_PACKET_BYTES));
      counts.compressedBytes += packet.length;
      explainErrors(() => frames.split(packet).forEach(push));
      await wait;
      wait = undefined;
    }
  };
  // One after the other: whoever writes need not have waited before it ends.
  let written = Promise.resolve();
  return {
    write(chunk) {
      written = written.then(() => pushAll(chunk));
      return written;
    },
    end() {
      return written.then(() => explainErrors(() => frames.end()));
    },
    close: () => {
      closed = true;
    }
  };
}
