import type { Transform } from 'node:stream';
import { FormatError } from './decoder.ts';
import { toDecoderError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** A stream of node:zlib. */
export type ZlibStream = Transform & { readonly bytesWritten: number };

/** Splits chunks into pieces that a stream processes completely. */
export interface Input {
  split(chunk: Buffer): Buffer[];
  /** Throws Error if the input is truncated. */
  end(): void;
}

/** Node's gunzip continues with the next member by itself, and reports a missing end. */
export const unsplitChunks: Input = { split: (chunk) => [chunk], end: () => undefined };

/** Node's zstd stops at the first frame that does not end with a chunk. */
export function splitFrames(): Input {
  const frames = new ZstdFrames();
  return { split: (chunk) => frames.split(chunk).map(({ bytes }) => bytes), end: () => frames.end() };
}

/** Whether all bytes are zero: the first is, and each equals the previous one. */
const isPadding = (bytes: Buffer): boolean =>
  bytes.length === 0 || (bytes[0] === 0 && bytes.compare(bytes, 1, bytes.length, 0, bytes.length - 1) === 0);

/** A decoder based on a stream of node:zlib. */
export function streamDecoder(
  stream: ZlibStream,
  input: Input,
  onData: OnData,
  counts: ByteCounts,
  entry: string
): Decoder {
  let failure: Error | undefined;
  let isOver = false;
  let writtenBytes = 0;
  /** Bytes written that the stream may not have processed yet. */
  let unread: Buffer[] = [];
  const fail = (thrown: unknown): void => {
    failure ??= thrown instanceof Error ? thrown : new Error(String(thrown));
    stream.destroy();
  };
  /** After the last gzip member only zeros are allowed, as written by tapes and tools that align files. */
  const refuseUnlessPadding = (bytes: Buffer): void => {
    if (!isPadding(bytes)) throw toDecoderError(entry, new FormatError({ reason: 'data-after-compressed' }));
  };
  const refuseTail = (): void => {
    const tailBytes = writtenBytes - stream.bytesWritten;
    if (tailBytes > 0) refuseUnlessPadding(Buffer.concat(unread).subarray(-tailBytes));
  };
  const ended = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      if (failure) return;
      try {
        const wait = onData(chunk);
        if (!wait) return;
        stream.pause();
        wait.then(() => stream.resume(), fail);
      } catch (thrown) {
        fail(thrown);
      }
    });
    stream.on('error', (error) => {
      failure ??= toDecoderError(entry, error);
      resolve();
    });
    stream.on('close', resolve);
    stream.on('end', () => {
      isOver = true;
      try {
        refuseTail();
      } catch (thrown) {
        fail(thrown);
      }
      resolve();
    });
  });
  const checked = async (waited: Promise<unknown>): Promise<void> => {
    await waited;
    if (failure) throw failure;
  };
  const explainErrors = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw toDecoderError(entry, error);
    }
  };
  return {
    write(chunk) {
      if (failure) throw failure;
      counts.compressedBytes += chunk.length;
      if (isOver) {
        refuseUnlessPadding(chunk);
        return undefined;
      }
      if (stream.writableLength === 0) unread = [];
      // The stream buffers chunks below its high-water mark without backpressure, so they are copied.
      const owned = chunk.length < stream.writableHighWaterMark ? Buffer.from(chunk) : chunk;
      let isFull = false;
      for (const piece of explainErrors(() => input.split(owned))) {
        if (stream.destroyed) break;
        unread.push(piece);
        writtenBytes += piece.length;
        isFull = !stream.write(piece);
      }
      if (!isFull) return undefined;
      const drained = new Promise<void>((resolve) => stream.once('drain', resolve));
      return checked(Promise.race([drained, ended]));
    },
    async end() {
      if (failure) throw failure;
      explainErrors(() => input.end());
      // Only skippable frames: the stream would report a truncated file.
      if (writtenBytes === 0 && counts.compressedBytes > 0) return;
      stream.end();
      await checked(ended);
    },
    close: () => stream.destroy()
  };
}
