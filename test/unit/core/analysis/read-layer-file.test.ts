import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, describe, expect, it } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { readLayerFile } from '#core/analysis/read-layer-file.ts';
import type { LayerFile } from '#core/analysis/read-layer-file.ts';
import type { LayerSource } from '#core/analysis/read-layer-files.ts';
import { digestOf, legacyFiles, makeImage, ociFiles, packFiles } from '../archive/image-archive.ts';
import type { Files } from '../archive/image-archive.ts';
import { zstdFrame } from '../tar/zstd-frame.ts';

const folder = mkdtempSync(join(tmpdir(), 'layer-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const code = (expectedCode: string, data: object = {}): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: expectedCode, ...data }) as unknown });
const plain = (data: Buffer): Buffer => data;
const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * n * 31 + (n >> 3)) % 251));

type Header = Partial<tar.Header> & { name: string };

async function packEntries(entries: [Header, string | Buffer][]): Promise<Buffer> {
  const packer = tar.pack();
  for (const [header, body] of entries) packer.entry({ mtime: new Date(1000), mode: 0o640, ...header }, body);
  packer.finalize();
  const parts: Buffer[] = [];
  for await (const part of packer) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const layer = await packEntries([
  [{ name: './etc/', type: 'directory' }, ''],
  [{ name: './etc/motd' }, 'first, and longer than what counts'],
  [{ name: './etc/motd' }, 'hello'],
  [{ name: 'usr/big' }, content],
  [{ name: 'hard', type: 'link', linkname: 'late' }, ''],
  [{ name: 'late' }, 'after the link to it'],
  [{ name: 'below', type: 'link', linkname: 'usr/of-the-base' }, ''],
  [{ name: 'round', type: 'link', linkname: 'about' }, ''],
  [{ name: 'about', type: 'link', linkname: 'round' }, ''],
  [{ name: 'soft', type: 'symlink', linkname: '../../etc/passwd' }, ''],
  [{ name: 'empty' }, '']
]);
const base = await packFiles({ 'usr/of-the-base': 'base' });
const { config } = await makeImage([]);
const image = { layers: [base, layer], config };
const diffId = digestOf(layer);
const pathIn = (files: Files, data: Buffer): string => Object.keys(files).find((name) => files[name] === data) ?? '';

/** A sink that discards its content when it is restarted. */
function collect() {
  let parts: Buffer[] = [];
  let starts = 0;
  return {
    start: (): undefined => {
      starts++;
      parts = [];
    },
    write: async (chunk: Buffer): Promise<void> => {
      await new Promise(setImmediate);
      parts.push(Buffer.from(chunk));
    },
    bytes: () => Buffer.concat(parts),
    starts: () => starts
  };
}

async function read(
  source: LayerSource,
  layerPath: string,
  path: string,
  more: { maxBytes?: number; limits?: typeof archiveLimits; signal?: AbortSignal } = {}
): Promise<{ file: LayerFile; bytes: Buffer; starts: number }> {
  const sink = collect();
  const { maxBytes = null, limits = archiveLimits, signal = new AbortController().signal } = more;
  const request = { layer: { path: layerPath, diffId }, path, maxBytes };
  const file = await readLayerFile(source, request, sink, { signal, limits });
  return { file, bytes: sink.bytes(), starts: sink.starts() };
}

function streamOf(archive: Buffer, chunkBytes = 10_000): LayerSource {
  const chunks: Buffer[] = [];
  for (let at = 0; at < archive.length; at += chunkBytes) chunks.push(archive.subarray(at, at + chunkBytes));
  return { kind: 'stream', name: 'export', open: () => Promise.resolve(Readable.from(chunks)) };
}

function fileOf(name: string, archive: Buffer): LayerSource {
  writeFileSync(join(folder, name), archive);
  return { kind: 'path', path: join(folder, name) };
}

function layoutOf(name: string, files: Files): LayerSource {
  for (const [path, data] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), data);
  }
  return { kind: 'path', path: join(folder, name) };
}

const legacy = legacyFiles(image);
const legacyPath = pathIn(legacy, layer);
const legacyArchive = await packFiles(legacy);

describe('one file of a layer', () => {
  for (const [name, pack] of [
    ['plain', plain],
    ['gzip', gzipSync],
    ['zstd', zstdFrame]
  ] as const) {
    it(`is read from a ${name} layer of an OCI layout: a tar, a compressed tar, a folder and a stream`, async () => {
      let packed = layer;
      const files = ociFiles([image], (data) => (data === layer ? (packed = pack(data)) : pack(data)));
      const path = pathIn(files, packed);
      const archive = await packFiles(files);
      const sources = [
        fileOf(`${name}.tar`, archive),
        fileOf(`${name}.tar.gz`, gzipSync(archive)),
        layoutOf(`${name}-layout`, files),
        streamOf(archive)
      ];
      for (const source of sources) {
        const { file, bytes } = await read(source, path, 'usr/big');
        expect(file).toMatchObject({
          kind: 'file',
          path: 'usr/big',
          sizeBytes: 300_000,
          mode: 0o640,
          truncated: false
        });
        expect(bytes.equals(content)).toBe(true);
      }
    });
  }

  it('is read from an old docker save, also if the layer is a link to another', async () => {
    const source = fileOf('legacy.tar', legacyArchive);
    expect((await read(source, legacyPath, '/usr/big')).bytes.equals(content)).toBe(true);
    const linked = await packEntries([
      [{ name: 'again/layer.tar', type: 'symlink', linkname: `../${legacyPath}` }, ''],
      [{ name: legacyPath }, layer]
    ]);
    expect((await read(fileOf('linked.tar', linked), 'again/layer.tar', 'etc/motd')).bytes.toString()).toBe('hello');
    expect((await read(streamOf(linked), 'again/layer.tar', 'etc/motd')).bytes.toString()).toBe('hello');
  });

  it("is the layer's last entry, and may be truncated to a preview", async () => {
    const source = streamOf(legacyArchive);
    const complete = await read(source, legacyPath, 'etc/motd');
    expect([complete.bytes.toString(), complete.starts]).toEqual(['hello', 2]);
    const preview = await read(source, legacyPath, 'usr/big', { maxBytes: 1000 });
    expect(preview.file).toMatchObject({ sizeBytes: 300_000, truncated: true });
    expect(preview.bytes.equals(content.subarray(0, 1000))).toBe(true);
    expect(await read(source, legacyPath, 'empty')).toMatchObject({
      file: { sizeBytes: 0, truncated: false },
      starts: 1
    });
  });

  it('follows hard links inside the layer, and reports those to lower layers', async () => {
    const source = streamOf(legacyArchive);
    const linked = await read(source, legacyPath, 'hard');
    expect(linked.file).toMatchObject({ kind: 'file', path: 'late' });
    expect(linked.bytes.toString()).toBe('after the link to it');
    expect((await read(source, legacyPath, 'below')).file).toEqual({ kind: 'hard-link', target: 'usr/of-the-base' });
    await expect(read(source, legacyPath, 'round')).rejects.toThrow(code('archive-damaged', { entry: 'round' }));
  });

  it('never follows a symlink, and reports entries that are not files', async () => {
    const source = streamOf(legacyArchive);
    const soft = await read(source, legacyPath, 'soft');
    expect(soft).toMatchObject({ file: { kind: 'symlink', target: '../../etc/passwd' }, starts: 0 });
    expect((await read(source, legacyPath, 'etc')).file).toEqual({ kind: 'other', type: 'folder' });
    for (const path of ['nowhere', 'etc/mot', '../etc/motd', '']) {
      await expect(read(source, legacyPath, path)).rejects.toThrow(code('layer-file-missing'));
    }
  });

  it("reports that GNU tar's sparse file has holes, instead of returning its bytes", async () => {
    const work = mkdtempSync(join(folder, 'sparse-'));
    execFileSync('sh', ['-c', 'truncate -s 1M holes && printf data >> holes && tar -S -cf layer.tar holes'], {
      cwd: work
    });
    const sparse = execFileSync('cat', [join(work, 'layer.tar')]);
    const archive = await packFiles({ 'a/layer.tar': sparse });
    const request = { layer: { path: 'a/layer.tar', diffId: digestOf(sparse) }, path: 'holes', maxBytes: null };
    const { signal } = new AbortController();
    const sink = collect();
    const file = await readLayerFile(streamOf(archive), request, sink, { signal });
    expect(file).toEqual({ kind: 'sparse', sizeBytes: (1 << 20) + 4 });
    expect(sink.starts()).toBe(0);
  });
});

describe('reading one file', () => {
  it('reads the archive only up to the layer', async () => {
    const archive = await packFiles({ ...legacy, trailing: Buffer.alloc(1 << 20, 1) });
    let given = 0;
    const open = (): Promise<Readable> => {
      const source = streamOf(archive, 4096);
      return (source as Extract<LayerSource, { kind: 'stream' }>).open(new AbortController().signal).then((stream) =>
        stream.map((chunk: Buffer) => {
          given += chunk.length;
          return chunk;
        })
      );
    };
    await read({ kind: 'stream', name: 'export', open }, legacyPath, 'etc/motd');
    expect(given).toBeLessThan(archive.length - (1 << 19));
  });

  it('reports a layer that is missing, truncated, or not the requested one', async () => {
    await expect(read(streamOf(legacyArchive), 'nowhere/layer.tar', 'etc/motd')).rejects.toThrow(
      code('archive-blob-missing')
    );
    const cut = legacyArchive.subarray(0, legacyArchive.indexOf(layer) + 5000);
    await expect(read(streamOf(cut), legacyPath, 'etc/motd')).rejects.toThrow(code('archive-damaged'));
    const changed = Buffer.from(legacyArchive);
    const at = changed.indexOf(content) + 7;
    changed[at] = (changed[at] ?? 0) ^ 1;
    await expect(read(streamOf(changed), legacyPath, 'etc/motd')).rejects.toThrow(
      code('archive-digest-mismatch', { digest: diffId, entry: legacyPath })
    );
    await expect(read({ kind: 'path', path: '/nowhere.tar' }, legacyPath, 'etc/motd')).rejects.toThrow(
      code('archive-unreadable')
    );
  });

  it('respects the limits', async () => {
    const limits = { ...archiveLimits, maxUncompressedBytes: 100_000 };
    const archive = await packFiles({ 'x/layer.tar': gzipSync(layer) });
    await expect(read(streamOf(archive), 'x/layer.tar', 'usr/big', { limits })).rejects.toThrow(
      code('archive-too-large', { entry: 'x/layer.tar', limit: 'maxUncompressedBytes' })
    );
  });

  it('stops when canceled, even while no data arrives, and when the sink fails', async () => {
    const cancelled = new AbortController();
    const silent: LayerSource = {
      kind: 'stream',
      name: 'export',
      open: () => Promise.resolve(new Readable({ read: () => undefined }))
    };
    const reading = read(silent, legacyPath, 'etc/motd', { signal: cancelled.signal });
    setImmediate(() => cancelled.abort());
    await expect(reading).rejects.toThrow(Cancelled);

    const full = new Error('disk full');
    const sink = { start: () => undefined, write: () => Promise.reject(full) };
    const request = { layer: { path: legacyPath, diffId }, path: 'usr/big', maxBytes: null };
    for (const source of [streamOf(legacyArchive), fileOf('full.tar', legacyArchive)]) {
      await expect(readLayerFile(source, request, sink, { signal: new AbortController().signal })).rejects.toBe(full);
    }
  });
});
