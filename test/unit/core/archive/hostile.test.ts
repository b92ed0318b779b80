import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { scanStream } from '#core/analysis/scan-image.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { digestOf, legacyFiles, makeImage, ociFiles, packFiles } from './image-archive.ts';
import type { MadeImage } from './image-archive.ts';
import { reportOf } from './scan.ts';

const code = (expectedCode: string, data: object = {}): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: expectedCode, ...data }) as unknown });
const BLOCK = 512;

/** A single header with any values. */
function header(name: string, fields: { size?: string | Buffer; type?: string; link?: string } = {}): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'utf8');
  block.write('0000644\0', 100);
  for (const at of [108, 116]) block.write('0000000\0', at);
  const { size = '00000000000\0', type = '0', link = '' } = fields;
  block.set(Buffer.from(size), 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(link, 157);
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** An archive with one hand-made layer. */
function archiveOf(layer: Buffer): Promise<Buffer> {
  const config = { os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [digestOf(layer)] } };
  const image: MadeImage = { layers: [layer], config: Buffer.from(JSON.stringify(config)) };
  return packFiles(legacyFiles(image));
}
const [layerName] = Object.keys(legacyFiles(await makeImage([{}])));
const end = Buffer.alloc(2 * BLOCK);

describe('a hostile layer', () => {
  it.each([
    ['larger than can be counted', Buffer.from([0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['negative', Buffer.alloc(12, 0xff)],
    ['no number', Buffer.from('not a number')]
  ])('with a size that is %s is damaged at that entry', async (_what, size) => {
    const layer = Buffer.concat([header('first'), header('absurd', { size }), end]);
    await expect(reportOf(await archiveOf(layer))).rejects.toThrow(
      code('archive-damaged', { entry: `absurd (${layerName})`, detail: { reason: 'tar-size-invalid' } })
    );
  });

  it('that promises eight terabytes and contains nothing is damaged at that entry', async () => {
    const layer = Buffer.concat([header('huge', { size: Buffer.from([0x80, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0]) }), end]);
    await expect(reportOf(await archiveOf(layer))).rejects.toThrow(
      code('archive-damaged', { entry: `huge (${layerName})` })
    );
  });

  it.each(['../etc/passwd', 'a/../../etc/passwd', '/../x', 'a/b/../../../x'])('may not escape by %s', async (name) => {
    await expect(reportOf(await archiveOf(Buffer.concat([header(name), end])))).rejects.toThrow(
      code('archive-damaged', { entry: `${name} (${layerName})`, detail: { reason: 'tar-path-outside' } })
    );
  });

  it('may have circular links and links out of the image: they are reported, not followed', async () => {
    const links = [
      header('round', { type: '1', link: 'about' }),
      header('about', { type: '1', link: 'round' }),
      header('self', { type: '1', link: 'self' }),
      header('soft', { type: '2', link: 'soft' }),
      header('out', { type: '2', link: '../../../etc/passwd' }),
      header('hard-out', { type: '1', link: '../../../etc/passwd' })
    ];
    const report = await reportOf(await archiveOf(Buffer.concat([...links, end])));
    expect(report).toMatchObject({ fileCount: 6, imageSizeBytes: 0 });
  });

  it('may have names that are not UTF-8: each stays a separate file', async () => {
    const named = (byte: number): Buffer => {
      const block = header('x?');
      block[1] = byte;
      block.write('        ', 148);
      block.write(
        `${block
          .reduce((sum, each) => sum + each, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
        148
      );
      return block;
    };
    const layer = Buffer.concat([named(0xff), named(0xfe), named(0xc3), header('x\ufffd'), end]);
    expect((await reportOf(await archiveOf(layer))).fileCount).toBe(4);
  });
});

describe('a hostile archive', () => {
  it('may have layers that are circular links: then they are missing', async () => {
    const packer = tar.pack();
    const manifest = [{ Config: 'c.json', RepoTags: null, Layers: ['a/layer.tar'] }];
    packer.entry({ name: 'a/layer.tar', type: 'symlink', linkname: '../b/layer.tar' });
    packer.entry({ name: 'b/layer.tar', type: 'symlink', linkname: '../a/layer.tar' });
    packer.entry({ name: 'c.json' }, JSON.stringify({ rootfs: { diff_ids: [digestOf(end)] } }));
    packer.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
    packer.finalize();
    const parts: Buffer[] = [];
    for await (const part of packer) parts.push(part as Buffer);
    await expect(reportOf(Buffer.concat(parts))).rejects.toThrow(
      code('archive-blob-missing', { digest: 'a/layer.tar' })
    );
  });

  it('may not have more documents than the limit, nor a larger one', async () => {
    const files = legacyFiles(await makeImage([{ a: 'x' }]));
    const notes = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`note-${n}.json`, `"${'x'.repeat(1000)}"`])
    );
    const limits = { ...archiveLimits, maxDocumentsBytes: 50_000 };
    await expect(reportOf(await packFiles({ ...notes, ...files }), { limits })).rejects.toThrow(
      code('archive-too-large', { limit: 'maxDocumentsBytes', maximum: 50_000 })
    );
    const large = { ...files, 'note.json': `"${'x'.repeat(60_000)}"` };
    expect(await reportOf(await packFiles(large), { limits: { ...limits, maxDocumentBytes: 40_000 } })).toMatchObject({
      fileCount: 1
    });
  });

  it('may not exceed the limit with all its layers together', async () => {
    const layer = { zeros: Buffer.alloc(300_000) };
    const image = await makeImage([layer, { more: Buffer.alloc(300_000) }]);
    const limits = { ...archiveLimits, maxUncompressedBytes: 500_000 };
    for (const files of [legacyFiles(image), ociFiles([image])]) {
      const archive = await packFiles(files);
      await expect(reportOf(archive, { limits })).rejects.toThrow(
        code('archive-too-large', { limit: 'maxUncompressedBytes', maximum: 500_000 })
      );
      expect((await reportOf(archive)).imageSizeBytes).toBe(600_000);
    }
  });
});

describe('a layer of a million entries', () => {
  const COUNT = 1_000_000;
  const PER_CHUNK = 1000;

  /** The layer in chunks, created on demand: half a gigabyte that is never in memory. */
  function* layerChunks(): Generator<Buffer> {
    const block = header('d000/f0000000');
    const named = (n: number): Buffer => {
      block.write(`d${String(n % 1000).padStart(3, '0')}/f${String(n).padStart(7, '0')}`, 0);
      block.write('        ', 148);
      let sum = 0;
      for (let at = 0; at < 265; at++) sum += block[at] ?? 0;
      block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
      return block;
    };
    for (let first = 0; first < COUNT; first += PER_CHUNK) {
      const chunk = Buffer.allocUnsafe(PER_CHUNK * BLOCK);
      for (let n = 0; n < PER_CHUNK; n++) named(first + n).copy(chunk, n * BLOCK);
      yield chunk;
    }
    yield end;
  }

  function* archiveChunks(diffId: string): Generator<Buffer> {
    const config = JSON.stringify({ rootfs: { diff_ids: [diffId] } });
    const manifest = JSON.stringify([{ Config: 'c.json', Layers: ['l/layer.tar'] }]);
    const octal = (size: number): string => `${size.toString(8).padStart(11, '0')}\0`;
    yield header('l/layer.tar', { size: octal(COUNT * BLOCK + end.length) });
    yield* layerChunks();
    for (const [name, text] of [
      ['c.json', config],
      ['manifest.json', manifest]
    ] as const) {
      yield header(name, { size: octal(text.length) });
      yield Buffer.concat([Buffer.from(text), Buffer.alloc((BLOCK - (text.length % BLOCK)) % BLOCK)]);
    }
    yield end;
  }

  it('is read in bounded memory, or rejected by the limit', async () => {
    const hash = createHash('sha256');
    for (const chunk of layerChunks()) hash.update(chunk);
    const diffId = `sha256:${hash.digest('hex')}`;
    const source = { kind: 'archive', name: 'a.tar' } as const;
    const { signal } = new AbortController();
    const { layers } = await scanStream(Readable.from(archiveChunks(diffId)), source, { signal });
    const table = layers[0]?.table;
    expect(table?.entryCount).toBe(COUNT);
    const columns = Object.values(table ?? {}).filter((column) => ArrayBuffer.isView(column));
    expect(columns.reduce((sum, { byteLength }) => sum + byteLength, 0) / COUNT).toBeLessThan(64);

    const limits = { ...archiveLimits, tar: { ...archiveLimits.tar, maxEntries: 1000 } };
    await expect(scanStream(Readable.from(archiveChunks(diffId)), source, { signal, limits })).rejects.toThrow(
      code('archive-too-large', { limit: 'maxEntries', maximum: 1000 })
    );
  }, 120_000);
});
