import type { UnsupportedFormat } from '#contract/domain/unsupported-formats.ts';

type Signature = readonly [format: UnsupportedFormat, offset: number, bytes: string];

/** Magic numbers, as Latin-1 text: https://github.com/file/file/tree/master/magic/Magdir */
const signatures: readonly Signature[] = [
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['7z', 0, '7z\xbc\xaf\x27\x1c'],
  ['lz4', 0, '\x04"M\x18'],
  ['lz4', 0, '\x02!L\x18'],
  ['lzip', 0, 'LZIP\x01'],
  ['compress', 0, '\x1f\x9d'],
  ['cpio', 0, '070701'],
  ['cpio', 0, '070702'],
  ['cpio', 0, '070707'],
  ['ar', 0, '!<arch>\n'],
  ['rpm', 0, '\xed\xab\xee\xdb'],
  ['squashfs', 0, 'hsqs'],
  ['sif', 32, 'SIF_MAGIC'],
  ['qcow2', 0, 'QFI\xfb'],
  ['elf', 0, '\x7fELF'],
  ['windows-program', 0, 'MZ'],
  ['pdf', 0, '%PDF-']
];

const LZMA_HEADER_BYTES = 13;

/** A format that is not read here, by how a file begins; null for none. Not for the start of a tar: any name may be there. */
export function recognizeFormat(head: Buffer): UnsupportedFormat | null {
  const found = signatures.find(
    ([, offset, bytes]) => head.toString('latin1', offset, offset + bytes.length) === bytes
  );
  if (found) return found[0];
  if (isLzma(head)) return 'lzma';
  return /^\s*<(?:!doctype html|html)/i.test(head.toString('latin1', 0, 200)) ? 'html' : null;
}

/** It has no magic number: the usual properties, the size of the dictionary, and the size, which may be unknown. */
function isLzma(head: Buffer): boolean {
  if (head.length < LZMA_HEADER_BYTES || head[0] !== 0x5d || head.readUInt16LE(1) !== 0) return false;
  const size = head.readBigUInt64LE(5);
  return size === 0xffff_ffff_ffff_ffffn || size < 1n << 40n;
}
