import { randomFillSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppError } from '#core/util/app-error.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { openDecoder, sniffCompression } from '#core/tar/open-decoder.ts';
import { bzip2, xz } from './compress.ts';

const programs = { xz, bzip2 };

async function decode(file: Buffer, chunkBytes = 1 << 16): Promise<Buffer> {
  const taken: Buffer[] = [];
  const decoder = openDecoder(sniffCompression(file), 'layer', archiveLimits, (bytes) => {
    taken.push(bytes);
    return undefined;
  });
  try {
    for (let at = 0; at < file.length; at += chunkBytes) {
      const chunk = Buffer.from(file.subarray(at, at + chunkBytes));
      await decoder.write(chunk);
      // A file reader reuses its memory.
      chunk.fill(0xaa);
    }
    await decoder.end();
    return Buffer.concat(taken);
  } finally {
    decoder.close();
  }
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'read',
    (error: unknown) => (error as AppError).data.code
  );

const text = Buffer.from('The quick brown fox. '.repeat(20_000));
const noise = randomFillSync(Buffer.alloc(1_200_000));

describe.each(['xz', 'bzip2'] as const)('decoding %s', (name) => {
  const compress = programs[name];

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', text],
    ['what cannot be compressed', noise],
    ['zeros', Buffer.alloc(3_000_000)]
  ])('reads %s, in chunks of any size', async (_, data) => {
    const file = compress(data);
    for (const chunkBytes of [1000, 1 << 20]) expect((await decode(file, chunkBytes)).equals(data)).toBe(true);
  });

  it('reads several streams, and zeros after the last', async () => {
    const file = Buffer.concat([compress(text), compress(noise), compress(Buffer.alloc(0)), Buffer.alloc(64)]);
    expect((await decode(file)).equals(Buffer.concat([text, noise]))).toBe(true);
  });

  it('reads two files at the same time', async () => {
    const [one, other] = await Promise.all([decode(compress(text), 500), decode(compress(noise), 500)]);
    expect(one.equals(text) && other.equals(noise)).toBe(true);
  });

  it('finds a file damaged that ends too early or continues with something else', async () => {
    const file = compress(text);
    for (const cut of [11, 30, file.length - 5, file.length - 1]) {
      expect(await codeOf(decode(file.subarray(0, cut)))).toBe('archive-damaged');
    }
    expect(await codeOf(decode(Buffer.concat([file, Buffer.from('more of it')])))).toBe('archive-damaged');
  });

  it('ends with the data or an error for a file with changed bytes', async () => {
    const short = text.subarray(0, 3000);
    const file = compress(short);
    const change = fc.tuple(fc.integer({ min: 10, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, bits]) => {
        const changed = Buffer.from(file);
        changed[at] = (changed[at] ?? 0) ^ bits;
        // Some bits have no effect, such as those of a code that no symbol uses.
        const result = await decode(changed).catch(() => null);
        if (result === null)
          expect(['archive-damaged', 'archive-unsupported']).toContain(await codeOf(decode(changed)));
        else expect(result.equals(short)).toBe(true);
      })
    );
  });

  it('stops at the limit of what may be uncompressed', async () => {
    const limits = { ...archiveLimits, maxUncompressedBytes: 1_000_000 };
    const decoder = openDecoder(name, 'layer', limits, () => undefined);
    const written = Promise.resolve(decoder.write(compress(Buffer.alloc(30_000_000)))).then(() => decoder.end());
    await expect(written).rejects.toMatchObject({ data: { code: 'archive-too-large', entry: 'layer' } });
    decoder.close();
  });
});

describe('settings of xz', () => {
  it.each([['-9e'], ['--check=crc32'], ['--check=none'], ['--block-size=100000']])('%s is read', async (option) => {
    expect((await decode(xz(text, option))).equals(text)).toBe(true);
  });

  it.each([
    ['xz-dictionary', ['--lzma2=dict=128MiB']],
    ['xz-options', ['--x86', '--lzma2']],
    ['xz-options', ['--check=sha256']]
  ])('%s is reported as unsupported, not as damage', async (format, options) => {
    await expect(decode(xz(text, ...options))).rejects.toMatchObject({
      data: { code: 'archive-unsupported', entry: 'layer', format }
    });
  });
});

it.each([1, 5, 9])('bzip2 is read with blocks of %i00 kB', async (level) => {
  expect((await decode(bzip2(noise, `-${level}`))).equals(noise)).toBe(true);
});
