import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppError } from '#core/util/app-error.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { openDecoder } from '#core/tar/open-decoder.ts';
import type { Compression } from '#contract/domain/compressions.ts';
import { recordedFrame, skippableFrame, zstdFrame } from './zstd-frame.ts';

interface Reading {
  /** Lengths of the chunks, repeated. */
  chunkBytes?: number[];
  /** Whether the consumer has to be awaited. */
  isSlow?: boolean;
}

/** The decoder's result for a file. */
async function decode(
  compression: Compression,
  file: Buffer,
  { chunkBytes = [1 << 20], isSlow = false }: Reading = {}
): Promise<Buffer> {
  const taken: Buffer[] = [];
  const decoder = openDecoder(compression, 'layer', archiveLimits, (bytes) => {
    if (!isSlow) {
      taken.push(Buffer.from(bytes));
      return undefined;
    }
    return new Promise((resolve) =>
      setImmediate(() => {
        taken.push(Buffer.from(bytes));
        resolve();
      })
    );
  });
  try {
    for (let at = 0, turn = 0; at < file.length; turn++) {
      const chunk = Buffer.from(file.subarray(at, at + (chunkBytes[turn % chunkBytes.length] ?? 1)));
      await decoder.write(chunk);
      // A file reader reuses its memory.
      chunk.fill(0xaa);
      at += chunk.length;
    }
    await decoder.end();
    return Buffer.concat(taken);
  } finally {
    decoder.close();
  }
}

/** A piece of a file, and its content. */
interface Piece {
  stored: Buffer;
  data: Buffer;
}

const nothing = Buffer.alloc(0);
const damaged = expect.objectContaining({
  data: expect.objectContaining({ code: 'archive-damaged', entry: 'layer' }) as unknown
}) as Error;

/** Descriptions of pieces, which are created when needed, so that a counterexample is short. */
type Shape =
  | { kind: 'stored'; bytes: number; isRepeated: boolean; windowLog: number | null; blockBytes: number }
  | { kind: 'skippable'; bytes: number; magic: number }
  | { kind: 'recorded'; lines: 200 | 14000 }
  | { kind: 'member'; bytes: number; isRepeated: boolean; level: number };

const fill = (length: number, isRepeated: boolean): Buffer =>
  Buffer.from(Array.from({ length }, (_, n) => (isRepeated ? 122 : (n * n * 31 + (n >> 3)) % 251)));

function makePiece(shape: Shape): Piece {
  switch (shape.kind) {
    case 'stored': {
      const data = fill(shape.bytes, shape.isRepeated);
      return { data, stored: zstdFrame(data, shape) };
    }
    case 'skippable':
      return { data: nothing, stored: skippableFrame(fill(shape.bytes, false), shape.magic) };
    case 'recorded': {
      const { frame, data } = recordedFrame(shape.lines);
      return { data, stored: frame };
    }
    case 'member': {
      const data = fill(shape.bytes, shape.isRepeated);
      return { data, stored: gzipSync(data, { level: shape.level }) };
    }
  }
}

const isRepeated = fc.boolean();
const bytes = fc.nat({ max: 20_000 });
const storedFrame = fc.record({ isRepeated, bytes, blockBytes: fc.integer({ min: 1, max: 1024 }) }).chain((shape) =>
  fc.option(fc.integer({ min: 10, max: 17 })).map((windowLog): Shape => {
    // No block is larger than the window, which is the content's size for a single segment.
    const blockBytes = windowLog === null ? Math.max(1, Math.min(shape.blockBytes, shape.bytes)) : shape.blockBytes;
    return { ...shape, kind: 'stored', windowLog, blockBytes };
  })
);
const skippable = fc
  .record({ bytes: fc.nat({ max: 300 }), magic: fc.nat({ max: 15 }) })
  .map((shape): Shape => ({ ...shape, kind: 'skippable' }));
const recorded = fc.constantFrom(200 as const, 14000 as const).map((lines): Shape => ({ kind: 'recorded', lines }));
const frames = fc.array(
  fc.oneof(
    { arbitrary: storedFrame, weight: 4 },
    { arbitrary: skippable, weight: 2 },
    { arbitrary: recorded, weight: 1 }
  ),
  { minLength: 1, maxLength: 8 }
);
const members = fc.array(
  fc
    .record({ isRepeated, bytes, level: fc.integer({ min: 0, max: 9 }) })
    .map((shape): Shape => ({ ...shape, kind: 'member' })),
  { minLength: 1, maxLength: 8 }
);
const reading = fc.record({
  chunkBytes: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 8 }),
  isSlow: fc.boolean()
});

const storedOf = (pieces: Piece[]): Buffer => Buffer.concat(pieces.map(({ stored }) => stored));
const dataOf = (pieces: Piece[]): Buffer => Buffer.concat(pieces.map(({ data }) => data));
/** Where a file may end: at its start, and after each piece. */
const endsOf = (pieces: Piece[]): number[] => pieces.map((_, index) => storedOf(pieces.slice(0, index + 1)).length);

describe.each([
  { compression: 'zstd' as const, shapes: frames, what: 'frames' },
  { compression: 'gzip' as const, shapes: members, what: 'members' }
])('decoding $compression', ({ compression, shapes, what }) => {
  it(`reads any ${what}, in chunks of any size`, async () => {
    await fc.assert(
      fc.asyncProperty(shapes, reading, async (chosen, how) => {
        const pieces = chosen.map(makePiece);
        const decoded = await decode(compression, storedOf(pieces), how);
        expect(decoded.equals(dataOf(pieces))).toBe(true);
      }),
      { numRuns: 60 }
    );
  });

  it(`rejects truncated ${what}`, async () => {
    await fc.assert(
      fc.asyncProperty(shapes, reading, fc.nat(), async (chosen, how, position) => {
        const pieces = chosen.map(makePiece);
        const file = storedOf(pieces);
        const end = 1 + (position % (file.length - 1));
        if (endsOf(pieces).includes(end)) return;
        await expect(decode(compression, file.subarray(0, end), how)).rejects.toThrow(damaged);
      }),
      { numRuns: 60 }
    );
  });

  it(`rejects data after the last of the ${what}`, async () => {
    // Not the start of a frame or member, nor padding.
    const garbage = fc.constantFrom('g', 'garbage', '{"not": "compressed"}', 'x'.repeat(5000));
    await fc.assert(
      fc.asyncProperty(shapes, reading, garbage, async (chosen, how, tail) => {
        const file = Buffer.concat([storedOf(chosen.map(makePiece)), Buffer.from(tail)]);
        await expect(decode(compression, file, how)).rejects.toThrow(damaged);
      }),
      { numRuns: 60 }
    );
  });
});

describe('decoding zstd', () => {
  const { frame, data } = recordedFrame(200);
  const long = recordedFrame(14000);

  it('reads a file at every boundary between two chunks', async () => {
    const file = Buffer.concat([skippableFrame(Buffer.from('first')), zstdFrame(nothing), frame, frame]);
    for (let at = 1; at < file.length; at++) {
      const decoded = await decode('zstd', file, { chunkBytes: [at, file.length] });
      expect(decoded.equals(Buffer.concat([data, data])), `split at ${at}`).toBe(true);
    }
  });

  it('reads files of pzstd: the length of each frame is in a skippable one before it', async () => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(long.frame.length);
    const part = Buffer.concat([skippableFrame(length), long.frame]);
    const decoded = await decode('zstd', Buffer.concat([part, part, part]), { chunkBytes: [1 << 16] });
    expect(decoded.equals(Buffer.concat([long.data, long.data, long.data]))).toBe(true);
  });

  it('reads zstd:chunked: a frame for each file, then skippable frames', async () => {
    const files = Buffer.concat([frame, zstdFrame(Buffer.from('small')), frame]);
    const tableOfContents = skippableFrame(zstdFrame(Buffer.from('{"version":1}')));
    const decoded = await decode('zstd', Buffer.concat([files, tableOfContents, skippableFrame(Buffer.alloc(64), 15)]));
    expect(decoded.equals(Buffer.concat([data, Buffer.from('small'), data]))).toBe(true);
  });

  it('reads a file with only skippable frames as empty', async () => {
    expect(await decode('zstd', skippableFrame(Buffer.from('only')))).toHaveLength(0);
  });

  it.each([
    ['a window of more than 128 MiB', '28b52ffd00a0', 'zstd-window'],
    ['content of more than 128 MiB in one segment', '28b52ffde00000000000010000', 'zstd-window'],
    ['a dictionary', '28b52ffd013807010000', 'zstd-dictionary']
  ])('does not support %s, which is not damaged', async (_, start, format) => {
    const file = Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(3000)]);
    await expect(decode('zstd', file)).rejects.toMatchObject({
      data: { code: 'archive-unsupported', entry: 'layer', format }
    });
  });

  it.each([
    ['a reserved bit', Buffer.from('28b52ffd0838010000', 'hex')],
    ['a block of the reserved type', Buffer.from('28b52ffd0038070000', 'hex')],
    ['a block larger than the window', Buffer.from('28b52ffd0000094000', 'hex')],
    ['zeros after the last frame', Buffer.concat([frame, Buffer.alloc(512)])]
  ])('refuses %s', async (_, file) => {
    await expect(decode('zstd', Buffer.concat([file, Buffer.alloc(3000)]))).rejects.toThrow(damaged);
  });

  it('ends with data or an error for a damaged frame', async () => {
    const changes = fc.array(fc.tuple(fc.nat({ max: long.frame.length - 1 }), fc.nat({ max: 255 })), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const file = Buffer.from(long.frame);
        for (const [at, byte] of changed) file[at] = byte;
        const outcome = await decode('zstd', file).catch((error: unknown) => error);
        if (Buffer.isBuffer(outcome)) return;
        expect(['archive-damaged', 'archive-unsupported']).toContain((outcome as AppError).data.code);
      })
    );
  });

  it('reads blocks in a large window', async () => {
    const content = fill(300_000, false);
    const file = zstdFrame(content, { windowLog: 23, blockBytes: 1 << 16 });
    expect((await decode('zstd', file, { chunkBytes: [10_000] })).equals(content)).toBe(true);
  });

  it('is fast for many empty frames, and for small blocks in a large window', async () => {
    expect(await decode('zstd', Buffer.concat(Array.from({ length: 20_000 }, () => zstdFrame(nothing))))).toHaveLength(
      0
    );
    const small = zstdFrame(Buffer.from(Array.from({ length: 20_000 }, (_, n) => n % 251)), {
      windowLog: 27,
      blockBytes: 1
    });
    const outcome = await decode('zstd', small).catch((error: unknown) => error);
    // zstd's own library is fast; the one for older Node would take minutes, so it gives up.
    expect(Buffer.isBuffer(outcome) ? outcome.length : outcome).toEqual(Buffer.isBuffer(outcome) ? 20_000 : damaged);
  });
});

describe('decoding gzip', () => {
  const member = gzipSync('hello');

  it('reads members followed by zeros, in chunks of any size', async () => {
    const file = Buffer.concat([member, gzipSync(''), member, Buffer.alloc(3000)]);
    for (let at = 1; at < file.length; at += at < 100 ? 1 : 500) {
      expect((await decode('gzip', file, { chunkBytes: [at] })).toString()).toBe('hellohello');
    }
  });

  it('rejects data after the zeros', async () => {
    const file = Buffer.concat([member, Buffer.alloc(100), member]);
    for (let at = 1; at <= file.length; at++) {
      await expect(decode('gzip', file, { chunkBytes: [at] })).rejects.toThrow(damaged);
      await expect(decode('gzip', file, { chunkBytes: [at, file.length] })).rejects.toThrow(damaged);
    }
  });

  it('does not buffer trailing zeros', async () => {
    const zeros = Buffer.alloc(1 << 20);
    const decoder = openDecoder('gzip', 'layer', archiveLimits, () => undefined);
    await decoder.write(member);
    for (let chunk = 0; chunk < 8; chunk++) expect(await decoder.write(zeros)).toBeUndefined();
    await decoder.end();
    decoder.close();
  });
});
