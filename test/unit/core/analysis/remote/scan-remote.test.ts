import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '#core/util/app-error.ts';
import { openAnalysisCache } from '#core/analysis/analysis-cache.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { configSchema } from '#core/oci/image-documents.ts';
import type { ScannedLayer } from '#core/archive/load-layers.ts';
import { scanRemote, type LayerProvider } from '#core/analysis/remote/scan-remote.ts';
import type { ResolvedRemoteImage } from '#core/registry/read-remote-image.ts';
import { packFiles } from '../../archive/image-archive.ts';

const digestOf = (data: Buffer): string => `sha256:${createHash('sha256').update(data).digest('hex')}`;

const plain = [await packFiles({ 'a/base': 'b'.repeat(100) }), await packFiles({ 'a/own': 'o'.repeat(40) })];
const compressed = [gzipSync(plain[0] ?? ''), plain[1] ?? Buffer.alloc(0)];

function describeImage(blobs: readonly Buffer[], uncompressed: readonly Buffer[]): ResolvedRemoteImage {
  const layers = blobs.map((blob, index) => ({
    digest: digestOf(blob),
    diffId: digestOf(uncompressed[index] ?? Buffer.alloc(0)),
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    compressedBytes: blob.length
  }));
  const config = configSchema.parse({ os: 'linux', rootfs: { diff_ids: layers.map(({ diffId }) => diffId) } });
  const image = {
    reference: 'ada/x:1',
    host: 'docker.io',
    digest: digestOf(Buffer.from('index')),
    manifestDigest: digestOf(Buffer.from('manifest')),
    platform: 'linux/amd64',
    platforms: ['linux/amd64'],
    layers,
    compressedBytes: blobs.reduce((sum, { length }) => sum + length, 0),
    rateLimit: null,
    loginProblem: null
  };
  return { image, config, configDigest: digestOf(Buffer.from('config')) };
}

async function* inPieces(blob: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < blob.length; at += size) {
    await Promise.resolve();
    yield blob.subarray(at, at + size);
  }
}

/** Provides layers from `blobs`; records which were fetched and saved. */
function createProvider(blobs: readonly Buffer[], find: readonly ScannedLayer[] = [], pieceBytes = 3) {
  const fetched: number[] = [];
  const saved: ScannedLayer[] = [];
  const provider: LayerProvider = {
    find: (diffId) => Promise.resolve(find.find((layer) => layer.diffId === diffId) ?? null),
    fetch: (layer) => {
      fetched.push(layer);
      return Promise.resolve(inPieces(blobs[layer] ?? Buffer.alloc(0), pieceBytes));
    },
    save: (layer) => {
      saved.push(layer);
      return Promise.resolve();
    }
  };
  return { provider, fetched, saved };
}

const { signal } = new AbortController();
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );

describe('an image in a registry', () => {
  it('is complete once its layers were fetched, compressed or not, and reports the number of bytes', async () => {
    const { provider, saved } = createProvider(compressed);
    const reported: [number, number | null][] = [];
    const onProgress = ({
      phase,
      readBytes,
      totalBytes
    }: {
      phase: string;
      readBytes: number;
      totalBytes: number | null;
    }) => {
      if (phase === 'reading') reported.push([readBytes, totalBytes]);
    };
    const { scanned, missing } = await scanRemote(describeImage(compressed, plain), provider, { signal, onProgress });
    expect(missing).toEqual([]);
    expect(scanned.layers.map(({ table }) => table.sizeBytesTotal)).toEqual([100, 40]);
    expect(saved.map(({ diffId }) => diffId)).toEqual(plain.map(digestOf));
    const total = compressed.reduce((sum, { length }) => sum + length, 0);
    expect(reported.at(-1)).toEqual([total, total]);
  });

  it('fetches only missing layers, and a repeated layer once', async () => {
    const complete = await scanRemote(describeImage(compressed, plain), createProvider(compressed).provider, {
      signal
    });
    const base = complete.scanned.layers.slice(0, 1);
    const { provider, fetched } = createProvider(compressed, base);
    await scanRemote(describeImage(compressed, plain), provider, { signal });
    expect(fetched).toEqual([1]);
    const twice = createProvider([compressed[1] ?? Buffer.alloc(0), compressed[1] ?? Buffer.alloc(0)]);
    const own = plain[1] ?? Buffer.alloc(0);
    await scanRemote(describeImage([own, own], [own, own]), twice.provider, { signal });
    expect(twice.fetched).toEqual([0]);
  });

  it('lists the missing layers if nothing is fetched', async () => {
    const complete = await scanRemote(describeImage(compressed, plain), createProvider(compressed).provider, {
      signal
    });
    const { provider } = createProvider(compressed, complete.scanned.layers.slice(0, 1));
    const { scanned, missing } = await scanRemote(
      describeImage(compressed, plain),
      { ...provider, fetch: null },
      { signal }
    );
    expect(missing).toEqual([1]);
    expect(scanned.layers.map(({ table }) => table.sizeBytesTotal)).toEqual([100, 0]);
  });

  it('is rejected if a layer does not match its diffID, is truncated or is too large; nothing of it is saved', async () => {
    const other = describeImage(compressed, [plain[1] ?? Buffer.alloc(0), plain[1] ?? Buffer.alloc(0)]);
    const wrong = createProvider(compressed);
    expect(await failure(scanRemote(other, wrong.provider, { signal }))).toMatchObject({
      code: 'archive-digest-mismatch'
    });
    expect(wrong.saved).toEqual([]);
    const cut = [compressed[0]?.subarray(0, 30) ?? Buffer.alloc(0)];
    expect(
      await failure(scanRemote(describeImage(cut, plain), createProvider(cut).provider, { signal }))
    ).toMatchObject({
      code: 'archive-damaged'
    });
    const limits = { ...archiveLimits, maxUncompressedBytes: 2000 };
    expect(
      await failure(
        scanRemote(describeImage(compressed, plain), createProvider(compressed).provider, { signal, limits })
      )
    ).toMatchObject({ code: 'archive-too-large' });
    for (const junk of [Buffer.alloc(0), Buffer.from('no'), Buffer.from('this is no layer at all')]) {
      const image = describeImage([junk], [Buffer.from('else')]);
      expect(await failure(scanRemote(image, createProvider([junk]).provider, { signal }))).toHaveProperty('code');
    }
  });
});

describe('the cache of layers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('returns a layer by its diffID, from any image, and nothing for an invalid name', async () => {
    const cache = openAnalysisCache(folder);
    const { scanned } = await scanRemote(describeImage(compressed, plain), createProvider(compressed).provider, {
      signal
    });
    const [base] = scanned.layers;
    if (!base) throw new Error('no layer');
    await cache.writeLayer(base);
    expect(await cache.readLayer(base.diffId)).toEqual(base);
    expect(await cache.readLayer(digestOf(Buffer.from('other')))).toBeNull();
    expect(await cache.readLayer(`../${base.diffId}`)).toBeNull();
  });
});
