import zlib from 'node:zlib';
import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { fzstdDecoder } from './fzstd-decoder.ts';
import { splitFrames, streamDecoder, unsplitChunks } from './stream-decoder.ts';
import type { ZlibStream } from './stream-decoder.ts';
import { isZstdMagic } from './zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** By magic number, as names and media types can be wrong: https://datatracker.ietf.org/doc/html/rfc8878#section-3.1 */
export function sniffCompression(head: Buffer): Compression {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (head.length < 4) return 'none';
  return isZstdMagic(head.readUInt32LE(0)) ? 'zstd' : 'none';
}

/**
 * A compression that is recognized by its magic number, but not supported: https://tukaani.org/xz/xz-file-format.txt
 * 2.1.1.1
 */
export function sniffUnsupported(head: Buffer): 'xz' | 'bzip2' | null {
  if (head.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))) return 'xz';
  // "BZh", a level, and the first digits of pi: a tar may start with any file name.
  return /^BZh[1-9]1AY&SY/.test(head.toString('latin1', 0, 10)) ? 'bzip2' : null;
}

/** Decompresses `entry` into `onData`. Throws archive-damaged, archive-too-large, and what `onData` throws. */
export function openDecoder(compression: Compression, entry: string, limits: ArchiveLimits, onData: OnData): Decoder {
  const counts = { compressedBytes: 0, uncompressedBytes: 0 };
  const counted: OnData = (chunk) => {
    counts.uncompressedBytes += chunk.length;
    checkLimits(counts, entry, limits);
    return onData(chunk);
  };
  if (compression === 'none') return plainDecoder(counted, counts);
  if (compression === 'gzip') {
    const gunzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
    return streamDecoder(gunzip, unsplitChunks, counted, counts, entry);
  }
  const native = nativeZstd();
  return native ? streamDecoder(native, splitFrames(), counted, counts, entry) : fzstdDecoder(counted, counts, entry);
}

/** Chunk size of the output of node:zlib. */
const CHUNK_BYTES = 1 << 18;

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

/** Node has its own since 22.15. */
function nativeZstd(): ZlibStream | null {
  const create = (zlib as { createZstdDecompress?: (options: object) => ZlibStream }).createZstdDecompress;
  return create ? create({ chunkSize: CHUNK_BYTES }) : null;
}
