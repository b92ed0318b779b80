import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FrameShape {
  /** Binary logarithm of the frame's window; null: a single segment, whose window is its content. */
  windowLog: number | null;
  blockBytes: number;
}

/** A zstd frame whose blocks are raw, or one repeated byte: https://datatracker.ietf.org/doc/html/rfc8878 */
export function zstdFrame(
  data: Buffer,
  { windowLog, blockBytes }: FrameShape = { windowLog: 17, blockBytes: 4096 }
): Buffer {
  const parts: Buffer[] = [Buffer.from('28b52ffd', 'hex')];
  if (windowLog === null) {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(data.length));
    parts.push(Buffer.from([0xe0]), size);
  } else parts.push(Buffer.from([0x00, (windowLog - 10) << 3]));
  for (let at = 0; at === 0 || at < data.length; at += blockBytes) {
    const block = data.subarray(at, at + blockBytes);
    const isRepeated = block.length > 1 && block.equals(Buffer.alloc(block.length, block[0]));
    const isLast = at + blockBytes >= data.length;
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (isRepeated ? 2 : 0) | (isLast ? 1 : 0), 0, 3);
    parts.push(header, isRepeated ? block.subarray(0, 1) : block);
  }
  return Buffer.concat(parts);
}

/** A frame that decoders skip. */
export function skippableFrame(content: Buffer, kind = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50 + kind, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

/**
 * Output of zstd 1.5.4 for this many lines: for 200 with -19, a single segment with a checksum; for 14000 with -19
 * --no-check
 * --no-content-size --zstd=wlog=17, blocks in a window smaller than the content.
 */
export function recordedFrame(lines: 200 | 14000): { frame: Buffer; data: Buffer } {
  const frame = readFileSync(join(import.meta.dirname, `recorded/listing-${lines}.zst`));
  return { frame, data: Buffer.from(listing(lines)) };
}

function listing(lines: number): string {
  const folders = ['usr', 'lib', 'share', 'python3', 'node_modules', 'dist', 'index', 'locale', 'zoneinfo', 'test'];
  let state = 7;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % 2;
  };
  return Array.from({ length: lines }, (_, n) => `${folders[n % 10]}/${folders[next()]}-${n}`).join('\n');
}
