import { describe, expect, it } from 'vitest';
import { describePreview } from '#core/analysis/describe-preview.ts';
import type { LayerFile } from '#core/analysis/read-layer-file.ts';

const file = (bytes: Buffer, truncated = false): LayerFile => ({
  kind: 'file',
  path: 'f',
  sizeBytes: truncated ? bytes.length * 2 : bytes.length,
  mode: 0o644,
  mtimeSeconds: 0,
  truncated
});
const show = (bytes: Buffer, truncated = false) => describePreview(file(bytes, truncated), bytes);

describe('describePreview', () => {
  it('distinguishes text from bytes by content', () => {
    expect(show(Buffer.from('größer\n\t\u001b[31mred'))).toMatchObject({
      kind: 'text',
      text: 'größer\n\t\u001b[31mred'
    });
    expect(show(Buffer.from([0x41, 0, 0x42]))).toMatchObject({ kind: 'hex' });
    expect(show(Buffer.from([0x41, 0xff, 0x42]))).toMatchObject({ kind: 'hex' });
    expect(show(Buffer.alloc(0))).toEqual({ kind: 'empty' });
  });

  it('formats bytes as rows of sixteen', () => {
    const preview = show(Buffer.from([0, 1, 0x41, 0xff, ...Buffer.from('0123456789abcdef')]));
    expect(preview).toMatchObject({
      rows: [
        '00000000  00 01 41 ff 30 31 32 33 34 35 36 37 38 39 61 62  ..A.0123456789ab',
        `00000010  ${'63 64 65 66'.padEnd(47)}  cdef`
      ]
    });
  });

  it('truncates long text, also in the middle of a character', () => {
    const long = show(Buffer.from(`a${'ä'.repeat(300_000)}`));
    expect(long).toMatchObject({ kind: 'text', truncated: true, sizeBytes: 600_001 });
    expect(long.kind === 'text' && /^aä+$/.test(long.text)).toBe(true);
  });

  it('shows only complete pictures, recognized by magic number', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
    expect(show(png)).toEqual({
      kind: 'picture',
      mediaType: 'image/png',
      base64: png.toString('base64'),
      sizeBytes: 9
    });
    expect(show(png, true)).toMatchObject({ kind: 'hex' });
    expect(show(Buffer.from('<svg onload="alert(1)"/>'))).toMatchObject({ kind: 'text' });
  });

  it('does not follow links', () => {
    expect(describePreview({ kind: 'symlink', target: '../x' }, Buffer.alloc(0))).toEqual({
      kind: 'link',
      target: '../x'
    });
    expect(describePreview({ kind: 'sparse', sizeBytes: 5 }, Buffer.alloc(0))).toEqual({ kind: 'none' });
  });
});
