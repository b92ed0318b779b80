import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analysisReportSchema } from '#contract/schema/analysis.ts';
import { appErrorSchema } from '#contract/schema/error.ts';
import { AppError } from '#core/util/app-error.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { readLayerFile } from '#core/analysis/read-layer-file.ts';
import { legacyFiles, makeImage, ociFiles, packFiles } from './image-archive.ts';
import { reportOf } from './scan.ts';
import { bzip2, xz } from '../tar/compress.ts';
import { zstdFrame } from '../tar/zstd-frame.ts';

/** scripts/fuzz-archives.js runs many more, with another seed each night. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 400);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_240_229);

/** Small, fast and the same everywhere: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;

const interesting = [0x00, 0xff, 0x80, 0x2f, 0x2e, 0x67, 0x78, 0x4c, 0x53, 0x31, 0x32, 0x37, 0x7b, 0x22];

function mutate(archive: Buffer, random: Random): Buffer {
  let data = Buffer.from(archive);
  const at = (): number => random(data.length);
  const mutations: (() => void)[] = [
    () => (data[at()] = random(256)),
    () => (data[at()] = interesting[random(interesting.length)] ?? 0),
    () => (data = data.subarray(0, at() + 1)),
    () => (data = Buffer.concat([data.subarray(0, at()), data.subarray(at())])),
    () => data.fill(random(256), at(), at()),
    // A header's field: name, mode, size, checksum, type, link, magic, prefix.
    () => {
      const block = Math.floor(at() / 512) * 512;
      const field = [0, 100, 124, 125, 148, 156, 157, 257, 345, 482][random(10)] ?? 0;
      if (block + field < data.length) data[block + field] = interesting[random(interesting.length)] ?? 0;
    },
    () => repairChecksum(data, Math.floor(at() / 512) * 512)
  ];
  for (let count = 1 + random(4); count > 0; count--) if (data.length > 0) mutations[random(mutations.length)]?.();
  // Half of the changed headers get a valid checksum.
  if (random(2) === 0) for (let block = 0; block + 512 <= data.length; block += 512) repairChecksum(data, block);
  return data;
}

/** Blocks that look like headers get the checksum of their content. */
function repairChecksum(data: Buffer, block: number): void {
  if (block + 512 > data.length || data.toString('latin1', block + 257, block + 262) !== 'ustar') return;
  data.fill(0x20, block + 148, block + 156);
  let sum = 0;
  for (let at = block; at < block + 512; at++) sum += data[at] ?? 0;
  data.write(`${sum.toString(8).padStart(6, '0')}\0 `, block + 148, 'latin1');
}

const discard = { start: () => undefined, write: () => undefined };

const outcomeOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('damaged and hostile archives', () => {
  it(`end in a report or a coded error (seed ${SEED}, ${CASES} cases)`, async () => {
    const image = await makeImage([
      { 'etc/': '', 'etc/passwd': 'root', big: 'x'.repeat(3000), ['long/'.repeat(40) + 'name']: 'y' },
      { '.wh.big': '', 'etc/.wh..wh..opq': '', 'etc/passwd': 'root\nalice' }
    ]);
    const archives = await Promise.all(
      [legacyFiles(image), ociFiles([image], (data) => data), ociFiles([image]), ociFiles([image], zstdFrame)].map(
        packFiles
      )
    );
    const [plain = Buffer.alloc(0)] = archives;
    archives.push(gzipSync(plain), zstdFrame(plain), xz(plain), bzip2(plain));
    const random = randomFrom(SEED);
    const legacyLayer = Object.keys(legacyFiles(image))[0] ?? '';
    const { signal } = new AbortController();
    const limits = { ...archiveLimits, maxUncompressedBytes: 1 << 26 };
    const outcomes = new Map<string, number>();
    for (let number = 0; number < CASES; number++) {
      const archive = mutate(archives[random(archives.length)] ?? Buffer.alloc(0), random);
      const chunkBytes = 1 + random(20_000);
      const outcome = await outcomeOf(reportOf(archive, { limits }, Math.max(chunkBytes, 64)));
      // A single file of a layer is read by other code.
      const request = { layer: { path: legacyLayer, diffId: '' }, path: 'etc/passwd', maxBytes: null };
      const open = (): Promise<Readable> => Promise.resolve(Readable.from([archive]));
      const source = { kind: 'stream', name: 'a.tar', open } as const;
      const read = await outcomeOf(readLayerFile(source, request, discard, { signal, limits }));
      if (read instanceof AppError) appErrorSchema.parse(read.data);
      else if (read instanceof Error) throw new Error(`case ${number} of seed ${SEED}`, { cause: read });
      if (outcome instanceof AppError) appErrorSchema.parse(outcome.data);
      else if (outcome instanceof Error) throw new Error(`case ${number} of seed ${SEED}`, { cause: outcome });
      else analysisReportSchema.parse(outcome);
      const kind = outcome instanceof AppError ? outcome.data.code : 'report';
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
    // The cases must get past the first check.
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['report', 'archive-damaged', 'archive-digest-mismatch'])
    );
  }, 3_600_000);
});
