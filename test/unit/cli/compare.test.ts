import { gzipSync } from 'node:zlib';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { comparisonReportSchema } from '#contract/schema/comparison.ts';
import { RemoteImages } from '#core/registry/remote-images.ts';
import { digestOf, legacyFiles, makeImage, packFiles, type Files } from '../core/archive/image-archive.ts';
import { makeImage as makeRemote, serveImages } from '../core/registry/fake-image.ts';
import type { FakeServer } from '../core/registry/fake-registry.ts';
import { runSlipway, type CommandResult } from './run-slipway.ts';

const folder = mkdtempSync(join(tmpdir(), 'shell-'));

async function writeArchive(file: string, layers: Files[]): Promise<void> {
  writeFileSync(join(folder, file), await packFiles(legacyFiles(await makeImage(layers))));
}

const registries = new RemoteImages({
  loginFor: () => Promise.resolve(null),
  preferredPlatform: () => 'linux/amd64'
});

const slipway = (...args: string[]): Promise<CommandResult> =>
  runSlipway(args, { folder, openRegistries: () => Promise.resolve(registries) });

describe('slipway compare', () => {
  beforeAll(async () => {
    const common = { 'lib/common': 'c'.repeat(100) };
    await writeArchive('before.tar', [common, { 'a/gone': 'y'.repeat(900), 'b/a|b`c': 'z'.repeat(30) }]);
    await writeArchive('after.tar', [common, { 'b/a|b`c': 'z' }]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints the documented report', async () => {
    const { status, out, err } = await slipway('compare', 'before.tar', 'after.tar', '--json');
    expect([status, err]).toEqual([0, '']);
    const report = comparisonReportSchema.parse(JSON.parse(out));
    expect(report.images.map(({ sizeBytes, deltaBytes }) => [sizeBytes, deltaBytes])).toEqual([
      [1030, 0],
      [101, -929]
    ]);
    expect(report).toMatchObject({ togetherBytes: 1031, sharedByAllBytes: 100, changedCount: 2 });
    expect(report.files.map(({ path, changes }) => [path, changes[1]])).toEqual([
      ['/a/gone', 'removed'],
      ['/b/a|b`c', 'shrunk']
    ]);
    const schema = z.toJSONSchema(comparisonReportSchema, { io: 'input' });
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      resolve(import.meta.dirname, '../../../docs/comparison-report.schema.json')
    );
  });

  it('prints Markdown for a pull request that no image name can break', async () => {
    const { out } = await slipway('compare', 'before.tar', 'after.tar');
    expect(out).toMatch(/^\| `sample:1 \(after\.tar\)` \| 101 B \| −929 B · 90% smaller \|$/m);
    expect(out).toMatch(/^\| `\/a\/gone` \| 900 B \| – \(−900 B\) \| removed \|$/m);
    expect(out).toMatch(/^\| `\/b\/a\\\|b\?c` \| 30 B \| 1 B \(−29 B\) \| shrank \|$/m);
  });

  describe('with an image in a registry', () => {
    const layers = ['c', 'n'].map((letter) => ({ [letter === 'c' ? 'lib/common' : 'a/new']: letter.repeat(100) }));

    /** The first layer is also in the archives; the second one is only in the registry. */
    async function serve(): Promise<FakeServer> {
      const uncompressed = await Promise.all(layers.map(packFiles));
      const rootfs = { type: 'layers', diff_ids: uncompressed.map(digestOf) };
      const image = makeRemote(
        'amd64',
        uncompressed.map((layer) => gzipSync(layer)),
        { rootfs }
      );
      return serveImages(image.manifest, [image]);
    }
    const blobsOf = ({ seen }: FakeServer): number => seen.filter(({ url }) => url.pathname.includes('/blobs/')).length;

    it('reports compressed bytes, and nothing about missing layers', async () => {
      const registry = await serve();
      const name = `docker://${registry.host}/ada/x:1`;
      const { status, out, err } = await slipway('compare', name, 'before.tar', '--json');
      expect([status, err]).toEqual([0, '']);
      const { baseline, images, files } = comparisonReportSchema.parse(JSON.parse(out));
      expect(baseline).toBe(1);
      expect(images[0]).toMatchObject({
        source: { kind: 'registry', name: `${registry.host}/ada/x:1` },
        sizeBytes: null,
        deltaBytes: null,
        fileCount: null
      });
      expect(images[0]?.compressedBytes).toBeGreaterThan(0);
      expect(images[1]).toMatchObject({ sizeBytes: 1030, compressedBytes: null });
      expect(files).toEqual([]);
      expect(blobsOf(registry)).toBe(1);
      const markdown = await slipway('compare', 'before.tar', name);
      expect(markdown.out).toMatch(/ada\/x:1` \| \d+ B compressed \| uncompressed size unknown \|$/m);
      expect(markdown.out).toContain('some layers are not available locally');
    });

    it('fetches the layers that no other image has, and then compares like any other', async () => {
      const registry = await serve();
      const { out, err } = await slipway(
        'compare',
        'before.tar',
        `docker://${registry.host}/ada/x:1`,
        '--fetch',
        '--json'
      );
      expect(err).toBe('');
      const { images, files } = comparisonReportSchema.parse(JSON.parse(out));
      expect(images[1]).toMatchObject({ sizeBytes: 200, deltaBytes: -830, fileCount: 2 });
      expect(files.find(({ path }) => path === '/a/new')?.changes[1]).toBe('added');
      expect(blobsOf(registry)).toBe(2);
    });

    it('reads packages and contents of a complete image, and layers that only it has from the registry', async () => {
      const registry = await serve();
      const name = `docker://${registry.host}/ada/x:1`;
      await writeArchive('other.tar', [{ 'lib/common': 'c'.repeat(100) }, { 'a/new': 'm'.repeat(100) }]);
      const complete = await slipway('compare', 'other.tar', name, '--fetch', '--contents', '--packages', '--json');
      const report = comparisonReportSchema.parse(JSON.parse(complete.out));
      expect(report.files.find(({ path }) => path === '/a/new')?.changes).toEqual(['same', 'content']);
      expect(report.packages?.images).toEqual([0, 1]);
      // The config, and the missing layer: once to scan it, and once for the content of its files.
      expect(blobsOf(registry)).toBe(3);
      const partial = await slipway('compare', name, 'other.tar', 'before.tar', '--contents', '--packages', '--json');
      const { packages, files } = comparisonReportSchema.parse(JSON.parse(partial.out));
      expect(packages?.images).toEqual([1, 2]);
      expect(files.find(({ path }) => path === '/a/new')).toMatchObject({ sizes: [null, 100, null] });
    });

    it("prints the registry's error", async () => {
      const registry = await serve();
      const { status, err } = await slipway('compare', 'before.tar', `docker://${registry.host}/ada/none:1`);
      expect([status, err]).toEqual([2, expect.stringContaining('does not have this image')]);
    });
  });

  it('compares packages and contents on request, for which it reads the archives again', async () => {
    const status = (version: string) => `Package: curl\nVersion: ${version}\n\nPackage: same\nVersion: 1\n`;
    const at = 'var/lib/dpkg/status.d/all';
    const sums = { 'var/lib/dpkg/status.d/all.md5sums': `${'a'.repeat(32)}  usr/bin/curl\n` };
    await writeArchive('old.tar', [
      { [at]: status('7`|1'), ...sums, 'usr/bin/curl': 'c'.repeat(20), x: 'abc', y: 'same' }
    ]);
    await writeArchive('new.tar', [
      { [at]: status('8'), ...sums, 'usr/bin/curl': 'c'.repeat(10), x: 'xyz', y: 'same' }
    ]);
    const plain = comparisonReportSchema.parse(
      JSON.parse((await slipway('compare', 'old.tar', 'new.tar', '--json')).out)
    );
    expect(plain).toMatchObject({ packages: null, contentsRead: false });
    expect(plain.files.map(({ path }) => path)).not.toContain('/x');
    const {
      status: exit,
      out,
      err
    } = await slipway('compare', 'old.tar', 'new.tar', '--json', '--packages', '--contents');
    expect(exit).toBe(0);
    expect(err).toContain('Reading new.tar again');
    const report = comparisonReportSchema.parse(JSON.parse(out));
    expect(report.packages).toMatchObject({ changedCount: 1, leftOutCount: 0, unread: [] });
    expect(report.packages?.rows).toEqual([
      {
        kind: 'dpkg',
        name: 'curl',
        images: [
          { versions: ['7`|1'], ownedBytes: 20 },
          { versions: ['8'], ownedBytes: 10 }
        ],
        isSame: false
      }
    ]);
    expect(report.files.find(({ path }) => path === '/x')?.changes).toEqual(['same', 'content']);
    expect(report.files.find(({ path }) => path === '/y')).toBeUndefined();
    const markdown = (await slipway('compare', 'old.tar', 'new.tar', '--packages')).out;
    expect(markdown).toMatch(/^### Packages$/m);
    expect(markdown).toMatch(/^\| `curl` dpkg \| `7\?\\\|1` · 20 B \| `8` · 10 B \| version \|$/m);
    expect(markdown).toContain('1 package differs');
  });

  it('lists the package databases that it cannot read', async () => {
    await writeArchive('bdb.tar', [{ 'var/lib/rpm/Packages': 'b'.repeat(600), z: '1' }]);
    const { out } = await slipway('compare', 'before.tar', 'bdb.tar', '--packages');
    expect(out).toMatch(/^- `[^`]*\(bdb\.tar\)`: `\/?var\/lib\/rpm\/Packages` is an rpm Berkeley DB or ndb database/m);
  });

  it('requires two to six images, and reports a missing one', async () => {
    expect((await slipway('compare', 'before.tar')).err).toContain('expected 2 to 6 images');
    expect(await slipway('compare', 'before.tar', 'missing.tar')).toMatchObject({ status: 2, out: '' });
    expect((await slipway('compare', 'before.tar', 'after.tar', '--ci')).status).toBe(2);
    expect((await slipway('analyze', 'before.tar', '--packages')).status).toBe(2);
    expect((await slipway('compare', '-', 'after.tar', '--contents')).err).toContain('only once');
  });
});
