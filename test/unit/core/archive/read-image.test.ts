import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analysisReportSchema } from '#contract/schema/analysis.ts';
import { Cancelled } from '#core/util/app-error.ts';
import { scanPath, scanStream } from '#core/analysis/scan-image.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { digestOf, kanikoFiles, legacyFiles, makeImage, ociFiles, packFiles, podmanFiles } from './image-archive.ts';
import type { Files } from './image-archive.ts';
import { reportOf } from './scan.ts';
import { bzip2, xz } from '../tar/compress.ts';
import { zstdFrame } from '../tar/zstd-frame.ts';

const image = await makeImage([
  { 'etc/': '', 'etc/passwd': 'root', big: 'x'.repeat(50_000) },
  { '.wh.big': '', 'etc/': '', 'etc/passwd': 'root\nalice' },
  {}
]);
const arm = await makeImage([{ arm: 'arm' }], { os: 'linux', architecture: 'arm64' });
const code = (expectedCode: string, data: object = {}): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: expectedCode, ...data }) as unknown });

const members = (data: Buffer): Buffer =>
  Buffer.concat([gzipSync(data.subarray(0, 700)), gzipSync(data.subarray(700))]);

/** The last member of estargz only contains the offset of its table of contents, in gzip's extra field. */
const estargz = (data: Buffer): Buffer => {
  const head = Buffer.from('1f8b080400000000' + '00ff' + '1a00' + '53471600', 'hex');
  const nothing = Buffer.from('010000ffff' + '0000000000000000', 'hex');
  return Buffer.concat([members(data), head, Buffer.from('0000000000000400STARGZ'), nothing]);
};
/** zstd:chunked appends its table of contents in skippable frames. */
const zstdChunked = (data: Buffer): Buffer => {
  const skippable = Buffer.concat([Buffer.from('502a4d1808000000', 'hex'), Buffer.from('contents')]);
  return Buffer.concat([zstdFrame(data), skippable]);
};

describe('reading an image archive', () => {
  const expected = {
    efficiency: 4 / 50_014,
    wastedBytes: 50_014,
    imageSizeBytes: 50_014,
    userSizeBytes: 10,
    fileCount: 1
  };
  for (const [format, files] of [
    ['an old docker save', legacyFiles(image)],
    ["kaniko's archive", kanikoFiles(image)],
    ["Podman's archive", podmanFiles(image)],
    ['an OCI layout with plain layers', ociFiles([image], (data) => data)],
    ['an OCI layout with gzip layers', ociFiles([image])],
    ['an OCI layout with gzip layers of several members', ociFiles([image], members)],
    ['an OCI layout with zstd layers', ociFiles([image], zstdFrame)],
    ['an OCI layout with estargz layers', ociFiles([image], estargz)],
    ['an OCI layout with zstd:chunked layers', ociFiles([image], zstdChunked)],
    [
      'an OCI layout with zstd layers of several frames',
      ociFiles([image], (data) => Buffer.concat([zstdFrame(data.subarray(0, 700)), zstdFrame(data.subarray(700))]))
    ]
  ] as const) {
    it(`reads ${format}, in chunks of any size`, async () => {
      const archive = await packFiles(files);
      for (const chunkBytes of [100, 511, 1 << 20]) {
        const report = await reportOf(archive, {}, chunkBytes);
        expect(report).toMatchObject(expected);
        expect(analysisReportSchema.parse(report)).toEqual(report);
        expect(
          report.layers.map(({ command, added, modified, removed }) => [command, added, modified, removed])
        ).toEqual([
          ['RUN make 0', 3, 0, 0],
          ['RUN make 1', 0, 1, 1],
          ['RUN make 2', 0, 0, 0]
        ]);
        expect(report.layers.map(({ diffId }) => diffId)).toEqual(image.layers.map(digestOf));
      }
    });
  }

  it('reads a compressed archive', async () => {
    const archive = await packFiles(ociFiles([image]));
    expect(await reportOf(gzipSync(archive))).toMatchObject(expected);
    expect(await reportOf(zstdFrame(archive))).toMatchObject(expected);
  });

  it('reads layers of many packets that compress badly', async () => {
    const noise = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * n * 31 + (n >> 3)) % 251));
    const random = await makeImage([{ noise, after: 'x' }]);
    for (const pack of [gzipSync, zstdFrame]) {
      const archive = await packFiles(ociFiles([random], pack));
      expect((await reportOf(archive, {}, 1 << 20)).imageSizeBytes).toBe(300_001);
    }
  });

  it('chooses the platform, and never an attestation', async () => {
    const files = ociFiles([
      { ...arm, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      { ...image, platform: { os: 'linux', architecture: 'amd64' } }
    ]);
    const archive = await packFiles(files);
    const choose = (platform: string | null) => reportOf(archive, { choice: { platform } });
    expect((await choose('linux/arm64')).layers).toHaveLength(1);
    expect((await choose('linux/amd64')).layers).toHaveLength(3);
    expect((await choose(null)).platform).toBe(process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64');
    await expect(choose('windows/amd64')).rejects.toThrow(
      code('platform-not-found', { platforms: ['linux/arm64/v8', 'linux/amd64'] })
    );
  });

  it('finds an image by its name', async () => {
    const archive = await packFiles(legacyFiles(image, 'alice/app:1'));
    expect((await reportOf(archive, { choice: { reference: 'alice/app:1' } })).tags).toEqual(['alice/app:1']);
    await expect(reportOf(archive, { choice: { reference: 'bob:2' } })).rejects.toThrow(
      code('archive-image-unknown', { images: ['alice/app:1'] })
    );
  });

  it('reads an OCI layout in a folder, and nothing outside of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'layout-'));
    try {
      const files = ociFiles([image]);
      for (const [name, data] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), data);
      }
      const { signal } = new AbortController();
      expect((await scanPath(folder, { signal })).layers).toHaveLength(3);
      const [, layer] = Object.keys(files).filter((name) => name.startsWith('blobs') && files[name]?.[0] === 0x1f);
      const path = join(folder, layer ?? '');
      rmSync(path);
      symlinkSync('/etc/hostname', path);
      await expect(scanPath(folder, { signal })).rejects.toThrow(code('archive-blob-missing'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an incomplete archive', () => {
  const without = async (pick: (name: string, files: Files) => boolean): Promise<Buffer> => {
    const files = ociFiles([image]);
    return packFiles(Object.fromEntries(Object.entries(files).filter(([name]) => !pick(name, files))));
  };

  it('reports the missing blob', async () => {
    const archive = await without((name, files) => files[name]?.[0] === 0x1f);
    await expect(reportOf(archive)).rejects.toThrow(
      code('archive-blob-missing', { digest: digestOf(gzipSync(image.layers[0] ?? Buffer.alloc(0))) })
    );
  });

  it('reports the blob that does not match its digest', async () => {
    const files = ociFiles([image], (data) => data);
    const layer = Object.keys(files).find(
      (name) => name === `blobs/sha256/${digestOf(image.layers[0] ?? Buffer.alloc(0)).slice(7)}`
    );
    const changed = Buffer.from(image.layers[0] ?? '');
    // A byte of a file's content, not of a header.
    changed[4000] = 0x79;
    await expect(reportOf(await packFiles({ ...files, [layer ?? '']: changed }))).rejects.toThrow(
      code('archive-digest-mismatch', { entry: layer })
    );
    const legacy = legacyFiles(image);
    const [first = ''] = Object.keys(legacy);
    await expect(reportOf(await packFiles({ ...legacy, [first]: changed }))).rejects.toThrow(
      code('archive-digest-mismatch', { entry: first, digest: digestOf(image.layers[0] ?? Buffer.alloc(0)) })
    );
  });

  it('is distinguished from a file that is not an image', async () => {
    await expect(reportOf(await packFiles({ 'etc/passwd': 'root' }))).rejects.toThrow(code('archive-not-an-image'));
    await expect(reportOf(Buffer.alloc(0))).rejects.toThrow(code('archive-not-an-image'));
    await expect(scanPath('/nowhere', { signal: new AbortController().signal })).rejects.toThrow(
      code('archive-unreadable')
    );
    await expect(scanPath('/dev/zero', { signal: new AbortController().signal })).rejects.toThrow(
      code('archive-unreadable')
    );
  });

  it('that was truncated is damaged, or complete if only unneeded data is missing', async () => {
    const archive = await packFiles(ociFiles([image]));
    const complete = await reportOf(archive);
    for (let cut = 600; cut < archive.length; cut += 777) {
      const result: unknown = await reportOf(archive.subarray(0, cut)).catch((error: unknown) => error);
      if (result instanceof Error) expect(result.name).toBe('AppError');
      else expect(result).toEqual(complete);
      if (cut < archive.length / 2) expect(result).toBeInstanceOf(Error);
    }
  });
});

describe('limits', () => {
  it('stop a file that expands too far, by its size alone, in every compression', async () => {
    const bomb = await packFiles({ zeros: Buffer.alloc(2 << 20) });
    const config = Buffer.from(
      JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [digestOf(bomb)] } })
    );
    for (const pack of [gzipSync, zstdFrame, xz, bzip2]) {
      const archive = await packFiles(ociFiles([{ layers: [bomb], config }], pack));
      const small = { ...archiveLimits, maxUncompressedBytes: 1 << 20 };
      await expect(reportOf(archive, { limits: small })).rejects.toThrow(
        code('archive-too-large', { limit: 'maxUncompressedBytes' })
      );
      expect((await reportOf(archive)).imageSizeBytes).toBe(2 << 20);
    }
  });

  it('stops when canceled, even while no data arrives', async () => {
    const waiting = new AbortController();
    const silent = new Readable({ read: () => undefined });
    const scanning = scanStream(silent, { kind: 'engine', name: 'x' }, { signal: waiting.signal });
    waiting.abort();
    await expect(scanning).rejects.toThrow(Cancelled);
  });
});
