import type { FilePreview } from '#contract/schema/file-preview.ts';
import type { FileSink } from '../archive/layer-files-reader.ts';
import type { LayerFile } from './read-layer-file.ts';

/** Bytes to read for a preview: a picture must be complete, text and bytes are truncated. */
export const previewBytes = 4 * 1024 ** 2;
const textBytes = 512 * 1024;
const hexBytes = 32 * 1024;
const rowBytes = 16;

/** Collects the start of a file. */
export class PreviewSink implements FileSink {
  #chunks: Buffer[] = [];

  start(): undefined {
    this.#chunks = [];
  }

  write(chunk: Buffer): undefined {
    this.#chunks.push(Buffer.from(chunk));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

/** Chooses the kind of preview by the file's content, not its name. */
export function describePreview(file: LayerFile, bytes: Buffer): FilePreview {
  if (file.kind === 'symlink' || file.kind === 'hard-link') return { kind: 'link', target: file.target };
  if (file.kind !== 'file') return { kind: 'none' };
  const { sizeBytes } = file;
  if (sizeBytes === 0) return { kind: 'empty' };
  const mediaType = pictureTypeOf(bytes);
  if (mediaType !== null && !file.truncated) {
    return { kind: 'picture', mediaType, base64: bytes.toString('base64'), sizeBytes };
  }
  const shown = bytes.subarray(0, textBytes);
  const text = decodeText(shown, sizeBytes > shown.length);
  if (text !== null) return { kind: 'text', text, sizeBytes, truncated: sizeBytes > shown.length };
  const head = bytes.subarray(0, hexBytes);
  return { kind: 'hex', rows: hexRows(head), sizeBytes, truncated: sizeBytes > head.length };
}

/** By magic number: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
function pictureTypeOf(bytes: Buffer): string | null {
  const starts = (...head: number[]): boolean => head.every((byte, at) => bytes[at] === byte);
  const hasText = (text: string, at: number): boolean => bytes.toString('latin1', at, at + text.length) === text;
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (hasText('GIF87a', 0) || hasText('GIF89a', 0)) return 'image/gif';
  return hasText('RIFF', 0) && hasText('WEBP', 8) ? 'image/webp' : null;
}

const FIRST_PRINTABLE = 0x20;
/** Tab, line ends, form feed, and escape (colors in logs). */
const inText = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/**
 * UTF-8 without control characters other than tabs and line ends; else null. Truncated text may end in the middle of a
 * character.
 */
function decodeText(bytes: Buffer, isCut: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return bytes.some((byte) => byte < FIRST_PRINTABLE && !inText.has(byte)) ? null : text;
  } catch {
    return null;
  }
}

function hexRows(bytes: Buffer): string[] {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const row = bytes.subarray(at, at + rowBytes);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = row.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    rows.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(rowBytes * 3 - 1)}  ${letters}`);
  }
  return rows;
}
