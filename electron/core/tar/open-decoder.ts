import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { Decompress } from 'fzstd';
import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { isZstdMagic, ZstdFrames } from './zstd-frames.ts';
import type { FramePiece } from './zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** Takes packed bytes and hands unpacked ones on, as they come. */
export interface Decoder {
  /** Answers what to wait for before more is written or the chunk is changed, if anything. */
  write(chunk: Buffer): Promise<void> | undefined;
  /** Resolves once all that was written has been handed on. */
  end(): Promise<void>;
  /** Gives up: nothing more is handed on. */
  close(): void;
}

/** Answers what to wait for before it is given more, if anything. */
export type OnData = (chunk: Buffer) => Promise<void> | undefined;

/** By the first bytes, as names and media types lie: https://datatracker.ietf.org/doc/html/rfc8878#section-3.1 */
export function sniffCompression(head: Buffer): Compression {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (head.length < 4) return 'none';
  return isZstdMagic(head.readUInt32LE(0)) ? 'zstd' : 'none';
}

/** Unpacks `entry` into `onData`; throws archive-damaged and archive-too-large, and whatever `onData` throws. */
export function openDecoder(compression: Compression, entry: string, limits: ArchiveLimits, onData: OnData): Decoder {
  const bounds = { packedBytes: 0, unpackedBytes: 0 };
  const bounded: OnData = (chunk) => {
    bounds.unpackedBytes += chunk.length;
    checkBounds(bounds, entry, limits);
    return onData(chunk);
  };
  if (compression === 'none') return plainDecoder(bounded, bounds);
  if (compression === 'gzip') {
    const gunzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
    return streamDecoder(gunzip, wholeChunks, bounded, bounds, entry);
  }
  const native = nativeZstd();
  return native ? streamDecoder(native, framesApart(), bounded, bounds, entry) : zstdDecoder(bounded, bounds, entry);
}

/** Of what a stream of Node's hands on at once. */
const CHUNK_BYTES = 1 << 18;

interface Bounds {
  packedBytes: number;
  unpackedBytes: number;
}

function checkBounds({ packedBytes, unpackedBytes }: Bounds, entry: string, limits: ArchiveLimits): void {
  const { maxUnpackedBytes, maxExpansionRatio, ratioFloorBytes } = limits;
  if (unpackedBytes > maxUnpackedBytes) {
    throw new AppError('archive-too-large', { entry, limit: 'maxUnpackedBytes', maximum: maxUnpackedBytes });
  }
  if (unpackedBytes > ratioFloorBytes && unpackedBytes > packedBytes * maxExpansionRatio) {
    throw new AppError('archive-too-large', { entry, limit: 'maxExpansionRatio', maximum: maxExpansionRatio });
  }
}

function plainDecoder(onData: OnData, bounds: Bounds): Decoder {
  return {
    write: (chunk) => {
      bounds.packedBytes += chunk.length;
      return onData(chunk);
    },
    end: () => Promise.resolve(),
    close: () => undefined
  };
}

/** A stream of node:zlib. */
type Unpacker = Transform & { readonly bytesWritten: number };

/** Node has its own from 22.15 on. */
function nativeZstd(): Unpacker | null {
  const create = (zlib as { createZstdDecompress?: (options: object) => Unpacker }).createZstdDecompress;
  return create ? create({ chunkSize: CHUNK_BYTES }) : null;
}

/** Cuts chunks into what a stream reads to the end in one go. */
interface Input {
  split(chunk: Buffer): Buffer[];
  /** Throws Error when there should have been more. */
  end(): void;
}

/** Node's gunzip goes on from one member to the next by itself, and notices a missing end. */
const wholeChunks: Input = { split: (chunk) => [chunk], end: () => undefined };

/** Node's zstd ends at the first frame whose end is not that of a chunk. */
function framesApart(): Input {
  const frames = new ZstdFrames();
  return { split: (chunk) => frames.split(chunk).map(({ bytes }) => bytes), end: () => frames.end() };
}

const damaged = (entry: string, cause: unknown): AppError => {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AppError('archive-damaged', { entry, detail }, { cause });
};

/** Whether all are zero: the first is, and each is like the one before it. */
const isPadding = (bytes: Buffer): boolean =>
  bytes.length === 0 || (bytes[0] === 0 && bytes.compare(bytes, 1, bytes.length, 0, bytes.length - 1) === 0);

function streamDecoder(stream: Unpacker, input: Input, onData: OnData, bounds: Bounds, entry: string): Decoder {
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
    if (!isPadding(bytes)) throw damaged(entry, new Error('trailing garbage'));
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
      failure ??= damaged(entry, error);
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
  const explained = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw damaged(entry, error);
    }
  };
  return {
    write(chunk) {
      if (failure) throw failure;
      bounds.packedBytes += chunk.length;
      if (isOver) {
        refuseUnlessPadding(chunk);
        return undefined;
      }
      if (stream.writableLength === 0) unread = [];
      // The stream keeps what is less than it likes to have waiting, without asking to be waited for.
      const kept = chunk.length < stream.writableHighWaterMark ? Buffer.from(chunk) : chunk;
      let isFull = false;
      for (const piece of explained(() => input.split(kept))) {
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
      explained(() => input.end());
      // Nothing but skippable frames: the stream would take that for a file that was cut off.
      if (writtenBytes === 0 && bounds.packedBytes > 0) return;
      stream.end();
      await checked(ended);
    },
    close: () => stream.destroy()
  };
}

/** Unpacked packet by packet, so that what takes the bytes can be waited for between. */
const ZSTD_PACKET_BYTES = 1 << 16;

/**
 * The library moves its whole window for each block, so many small blocks in a large window could keep it busy without
 * end. A writer that flushes every 2 KiB into the usual window of 8 MiB has it move some 3,000 bytes per byte.
 */
const MAX_MOVED_PER_BYTE = 2 ** 14;
const FREE_MOVED_BYTES = 2 ** 32;

function zstdDecoder(onData: OnData, bounds: Bounds, entry: string): Decoder {
  const frames = new ZstdFrames();
  let frame: Decompress | undefined;
  let closed = false;
  let refused: { thrown: unknown } | undefined;
  let wait: Promise<unknown> | undefined;
  let movedBytes = 0;
  const openFrame = (windowBytes: number): Decompress =>
    new Decompress((block) => {
      if (block.length > 0) hand(Buffer.from(block));
      movedBytes += windowBytes;
      const freeBytes = FREE_MOVED_BYTES + MAX_MOVED_PER_BYTE * (bounds.packedBytes + bounds.unpackedBytes);
      if (movedBytes > freeBytes) throw new Error('zstd blocks too small for their window');
    });
  // The library writes over its window, and readers may keep a view until they are done: they get a copy.
  const hand = (copy: Buffer): void => {
    try {
      const busy = onData(copy);
      if (busy) wait = wait ? Promise.all([wait, busy]) : busy;
    } catch (thrown) {
      refused = { thrown };
      throw thrown;
    }
  };
  const push = ({ bytes, windowBytes, isFirst, isLast }: FramePiece): void => {
    if (isFirst) frame = openFrame(windowBytes);
    frame?.push(bytes, isLast);
  };
  const explained = (work: () => void): void => {
    if (closed) return;
    try {
      work();
    } catch (error) {
      closed = true;
      throw refused ? refused.thrown : damaged(entry, error);
    }
  };
  const pushAll = async (chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length; at += ZSTD_PACKET_BYTES) {
      // The library keeps views of what does not make a block yet.
      const packet = Buffer.from(chunk.subarray(at, at + ZSTD_PACKET_BYTES));
      bounds.packedBytes += packet.length;
      explained(() => frames.split(packet).forEach(push));
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
      return written.then(() => explained(() => frames.end()));
    },
    close: () => {
      closed = true;
    }
  };
}
