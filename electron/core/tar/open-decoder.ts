import zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { Decompress } from 'fzstd';
import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';

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
  const magic = head.readUInt32LE(0);
  // A zstd file may start with a skippable frame.
  return magic === 0xfd2fb528 || (magic >= 0x184d2a50 && magic <= 0x184d2a5f) ? 'zstd' : 'none';
}

/** A compression that is recognized by its first bytes, but not read: https://tukaani.org/xz/xz-file-format.txt 2.1.1.1 */
export function sniffUnsupported(head: Buffer): 'xz' | 'bzip2' | null {
  if (head.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))) return 'xz';
  // "BZh", a level, and the first digits of pi: a tar may begin with a file of any name.
  return /^BZh[1-9]1AY&SY/.test(head.toString('latin1', 0, 10)) ? 'bzip2' : null;
}

/** Unpacks `entry` into `onData`; throws archive-damaged and archive-too-large, and whatever `onData` throws. */
export function openDecoder(compression: Compression, entry: string, limits: ArchiveLimits, onData: OnData): Decoder {
  const counts = { compressedBytes: 0, uncompressedBytes: 0 };
  const counted: OnData = (chunk) => {
    counts.uncompressedBytes += chunk.length;
    checkLimits(counts, entry, limits);
    return onData(chunk);
  };
  if (compression === 'none') return plainDecoder(counted, counts);
  if (compression === 'gzip') return streamDecoder(zlib.createGunzip({ chunkSize: 1 << 18 }), counted, counts, entry);
  const native = nativeZstd();
  return native ? streamDecoder(native, counted, counts, entry) : zstdDecoder(counted, counts, entry);
}

interface ByteCounts {
  compressedBytes: number;
  uncompressedBytes: number;
}

function checkLimits({ compressedBytes, uncompressedBytes }: ByteCounts, entry: string, limits: ArchiveLimits): void {
  const { maxUncompressedBytes, maxExpansionRatio, ratioFloorBytes } = limits;
  if (uncompressedBytes > maxUncompressedBytes) {
    throw new AppError('archive-too-large', { entry, limit: 'maxUncompressedBytes', maximum: maxUncompressedBytes });
  }
  if (uncompressedBytes > ratioFloorBytes && uncompressedBytes > compressedBytes * maxExpansionRatio) {
    throw new AppError('archive-too-large', { entry, limit: 'maxExpansionRatio', maximum: maxExpansionRatio });
  }
}

function plainDecoder(onData: OnData, counts: ByteCounts): Decoder {
  return {
    write: (chunk) => {
      counts.compressedBytes += chunk.length;
      return onData(chunk);
    },
    end: () => Promise.resolve(),
    close: () => undefined
  };
}

/** Node has its own from 22.15 on. */
function nativeZstd(): Transform | null {
  const create = (zlib as { createZstdDecompress?: (options: object) => Transform }).createZstdDecompress;
  return create ? create({ chunkSize: 1 << 18 }) : null;
}

function streamDecoder(stream: Transform, onData: OnData, counts: ByteCounts, entry: string): Decoder {
  let failure: Error | undefined;
  const fail = (thrown: unknown): void => {
    failure ??= thrown instanceof Error ? thrown : new Error(String(thrown));
    stream.destroy();
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
      failure ??= new AppError('archive-damaged', { entry, detail: error.message }, { cause: error });
      resolve();
    });
    stream.on('close', resolve);
    stream.on('end', resolve);
  });
  const checked = async (waited: Promise<unknown>): Promise<void> => {
    await waited;
    if (failure) throw failure;
  };
  return {
    write(chunk) {
      if (failure) throw failure;
      counts.compressedBytes += chunk.length;
      // The stream keeps what is less than it likes to have waiting, without asking to be waited for.
      const copy = chunk.length < stream.writableHighWaterMark ? Buffer.from(chunk) : chunk;
      if (stream.destroyed || stream.write(copy)) return undefined;
      const drained = new Promise<void>((resolve) => stream.once('drain', resolve));
      return checked(Promise.race([drained, ended]));
    },
    end() {
      stream.end();
      return checked(ended);
    },
    close: () => stream.destroy()
  };
}

/** Unpacked packet by packet, so that what takes the bytes can be waited for between. */
const ZSTD_PACKET_BYTES = 1 << 16;

function zstdDecoder(onData: OnData, counts: ByteCounts, entry: string): Decoder {
  let closed = false;
  let refused: { thrown: unknown } | undefined;
  let wait: Promise<unknown> | undefined;
  const decoder = new Decompress((chunk) => {
    try {
      // The library writes over its window, and readers may keep a view until they are done.
      const busy = onData(Buffer.from(chunk));
      if (busy) wait = wait ? Promise.all([wait, busy]) : busy;
    } catch (thrown) {
      refused = { thrown };
      throw thrown;
    }
  });
  const push = (packet: Buffer, last: boolean): void => {
    if (closed) return;
    try {
      decoder.push(packet, last);
    } catch (error) {
      closed = true;
      if (refused) throw refused.thrown;
      const detail = error instanceof Error ? error.message : String(error);
      throw new AppError('archive-damaged', { entry, detail }, { cause: error });
    }
  };
  const pushAll = async (chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length; at += ZSTD_PACKET_BYTES) {
      const packet = chunk.subarray(at, at + ZSTD_PACKET_BYTES);
      counts.compressedBytes += packet.length;
      push(packet, false);
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
      return written.then(async () => {
        push(Buffer.alloc(0), true);
        await wait;
      });
    },
    close: () => {
      closed = true;
    }
  };
}
