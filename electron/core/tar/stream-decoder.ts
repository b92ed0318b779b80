import type { Transform } from 'node:stream';
import { FormatError } from './decoder.ts';
import { toDamagedError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** A stream of node:zlib. */
export type ZlibStream = Transform & { readonly bytesWritten: number };

/** Cuts chunks into what a stream reads to the end in one go. */
export interface Input {
  split(chunk: Buffer): Buffer[];
  /** Throws Error when there should have been more. */
  end(): void;
}

/** Node's gunzip goes on from one member to the next by itself, and notices a missing end. */
export const wholeChunks: Input = { split: (chunk) => [chunk], end: () => undefined };

/** Node's zstd ends at the first frame whose end is not that of a chunk. */
export function splitFrames(): Input {
  const frames = new ZstdFrames();
  return { split: (chunk) => frames.split(chunk).map(({ bytes }) => bytes), end: () => frames.end() };
}

/** Whether all are zero: the first is, and each is like the one before it. */
const isPadding = (bytes: Buffer): boolean =>
  bytes.length === 0 || (bytes[0] === 0 && bytes.compare(bytes, 1, bytes.length, 0, bytes.length - 1) === 0);

/** A decoder that has a stream of node:zlib do the work. */
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
  /** Written, and perhaps not read by the stream yet. */
  let unread: Buffer[] = [];
  const fail = (thrown: unknown): void => {
    failure ??= thrown instanceof Error ? thrown : new Error(String(thrown));
    stream.destroy();
  };
  /** After the last gzip member there may be zeros, as tapes and tools that align files leave them; nothing else. */
  const refuseUnlessPadding = (bytes: Buffer): void => {
    if (!isPadding(bytes)) throw toDamagedError(entry, new FormatError({ reason: 'data-after-compressed' }));
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
      failure ??= toDamagedError(entry, error);
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
      throw toDamagedError(entry, error);
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
      // The stream keeps what is less than it likes to have waiting, without asking to be waited for.
      const kept = chunk.length < stream.writableHighWaterMark ? Buffer.from(chunk) : chunk;
      let isFull = false;
      for (const piece of explainErrors(() => input.split(kept))) {
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
      // Nothing but skippable frames: the stream would take that for a file that was cut off.
      if (writtenBytes === 0 && counts.compressedBytes > 0) return;
      stream.end();
      await checked(ended);
    },
    close: () => stream.destroy()
  };
}
