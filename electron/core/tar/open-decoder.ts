import zlib from 'node:zlib';
import type { Compression } from '#contract/domain/compressions.ts';
import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { bzip2Decoder } from './bzip2-decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { fzstdDecoder } from './fzstd-decoder.ts';
import { splitFrames, streamDecoder, unsplitChunks } from './stream-decoder.ts';
import type { ZlibStream } from './stream-decoder.ts';
import { xzDecoder } from './xz-decoder.ts';
import { isZstdMagic } from './zstd-frames.ts';

/** As many bytes of the start determine the compression. */
export const SNIFF_BYTES = 10;

/** The first digits of pi, or of its root in a stream without data. */
const BZIP2_STARTS = new Set(['314159265359', '177245385090']);
const XZ_MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);

/**
 * By magic number, as names and media types can be wrong: https://datatracker.ietf.org/doc/html/rfc8878#section-3.1,
 * https://tukaani.org/xz/xz-file-format.txt 2.1.1.1
 */
export function sniffCompression(head: Buffer): Compression {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (head.length >= 4 && isZstdMagic(head.readUInt32LE(0))) return 'zstd';
  if (head.subarray(0, XZ_MAGIC.length).equals(XZ_MAGIC)) return 'xz';
  // A tar may start with any file name, so its first block is checked too.
  const isBzip2 = /^BZh[1-9]$/.test(head.toString('latin1', 0, 4)) && BZIP2_STARTS.has(head.toString('hex', 4, 10));
  return isBzip2 ? 'bzip2' : 'none';
}

/**
 * Decompresses `entry` into `onData`. Throws archive-damaged, archive-unsupported, archive-too-large, and what `onData`
 * throws.
 */
export function openDecoder(compression: Compression, entry: string, limits: ArchiveLimits, onData: OnData): Decoder {
  const counts = { compressedBytes: 0, uncompressedBytes: 0 };
  const counted: OnData = (chunk) => {
    counts.uncompressedBytes += chunk.length;
    checkSize(counts, entry, limits);
    return onData(chunk);
  };
  switch (compression) {
    case 'none':
      return plainDecoder(counted);
    case 'gzip': {
      const gunzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
      return streamDecoder(gunzip, unsplitChunks, counted, counts, entry);
    }
    case 'zstd': {
      const native = nativeZstd();
      if (!native) return fzstdDecoder(counted, counts, entry);
      return streamDecoder(native, splitFrames(), counted, counts, entry);
    }
    case 'xz':
      return xzDecoder(counted, counts, entry);
    case 'bzip2':
      return bzip2Decoder(counted, counts, entry);
  }
}

/** Chunk size of the output of node:zlib. */
const CHUNK_BYTES = 1 << 18;

/** Only the size is limited: a file of zeros compresses to almost nothing. */
function checkSize({ uncompressedBytes }: ByteCounts, entry: string, { maxUncompressedBytes }: ArchiveLimits): void {
  if (uncompressedBytes <= maxUncompressedBytes) return;
  throw new AppError('archive-too-large', {
    entry: entry.slice(0, 1000),
    limit: 'maxUncompressedBytes',
    maximum: maxUncompressedBytes
  });
}

function plainDecoder(onData: OnData): Decoder {
  return {
    write: onData,
    end: () => Promise.resolve(),
    close: () => undefined
  };
}

/** Node has its own since 22.15. */
function nativeZstd(): ZlibStream | null {
  const create = (zlib as { createZstdDecompress?: (options: object) => ZlibStream }).createZstdDecompress;
  return create ? create({ chunkSize: CHUNK_BYTES }) : null;
}
