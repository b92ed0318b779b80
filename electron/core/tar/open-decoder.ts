import zlib from 'node:zlib';
import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import type { Bounds, Decoder, OnData } from './decoder.ts';
import { fzstdDecoder } from './fzstd-decoder.ts';
import { framesApart, streamDecoder, wholeChunks } from './stream-decoder.ts';
import type { Unpacker } from './stream-decoder.ts';
import { isZstdMagic } from './zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

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
  return native ? streamDecoder(native, framesApart(), bounded, bounds, entry) : fzstdDecoder(bounded, bounds, entry);
}

/** Of what a stream of Node's hands on at once. */
const CHUNK_BYTES = 1 << 18;

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

/** Node has its own from 22.15 on. */
function nativeZstd(): Unpacker | null {
  const create = (zlib as { createZstdDecompress?: (options: object) => Unpacker }).createZstdDecompress;
  return create ? create({ chunkSize: CHUNK_BYTES }) : null;
}
