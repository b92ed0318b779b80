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

  it('prints Markdown for a pull request that no name of an image can break', async () => {
    const { out } = await slipway('compare', 'before.tar', 'after.tar');
    expect(out).toMatch(/^\| `sample:1 \(after\.tar\)` \| 101 B \| −929 B \|$/m);
    expect(out).toMatch(/^\| `\/a\/gone` \| 900 B \| – \| removed \|$/m);
    expect(out).toMatch(/^\| `\/b\/a\\\|b\?c` \| 30 B \| 1 B \| shrank \|$/m);
  });

  describe('with an image that stays in its registry', () => {
    const layers = ['c', 'n'].map((letter) => ({ [letter === 'c' ? 'lib/common' : 'a/new']: letter.repeat(100) }));

    /** The first layer is that of the archives; the second one nobody here has. */
    async function serve(): Promise<FakeServer> {
      const unpacked = await Promise.all(layers.map(packFiles));
      const rootfs = { type: 'layers', diff_ids: unpacked.map(digestOf) };
      const image = makeRemote(
        'amd64',
        unpacked.map((layer) => gzipSync(layer)),
        { rootfs }
      );
      return serveImages(image.manifest, [image]);
    }
    const blobsOf = ({ seen }: FakeServer): number => seen.filter(({ url }) => url.pathname.includes('/blobs/')).length;

    it('tells compressed bytes, and nothing of what is not here', async () => {
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

    it('reads packages and contents of an image that is whole, and of layers that others have not from there', async () => {
      const registry = await serve();
      const name = `docker://${registry.host}/ada/x:1`;
      await writeArchive('other.tar', [{ 'lib/common': 'c'.repeat(100) }, { 'a/new': 'm'.repeat(100) }]);
      const whole = await slipway('compare', 'other.tar', name, '--fetch', '--contents', '--packages', '--json');
      const report = comparisonReportSchema.parse(JSON.parse(whole.out));
      expect(report.files.find(({ path }) => path === '/a/new')?.changes).toEqual(['same', 'content']);
      expect(report.packages?.images).toEqual([0, 1]);
      // The config, and the one layer that is nowhere here: once for what is in it, and once for its content.
      expect(blobsOf(registry)).toBe(3);
      const part = await slipway('compare', name, 'other.tar', 'before.tar', '--contents', '--packages', '--json');
      const { packages, files } = comparisonReportSchema.parse(JSON.parse(part.out));
      expect(packages?.images).toEqual([1, 2]);
      expect(files.find(({ path }) => path === '/a/new')).toMatchObject({ sizes: [null, 100, null] });
    });

    it('says what the registry says', async () => {
      const registry = await serve();
      const { status, err } = await slipway('compare', 'before.tar', `docker://${registry.host}/ada/none:1`);
      expect([status, err]).toEqual([2, expect.stringContaining('does not have this image')]);
    });
  });

  it('compares packages and contents when asked, for which it reads the archives once more', async () => {
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

  it('names the package databases that it cannot read', async () => {
    await writeArchive('bdb.tar', [{ 'var/lib/rpm/Packages': 'b'.repeat(600), z: '1' }]);
    const { out } = await slipway('compare', 'before.tar', 'bdb.tar', '--packages');
    expect(out).toMatch(/^- `[^`]*\(bdb\.tar\)`: `\/?var\/lib\/rpm\/Packages` is an rpm Berkeley DB or ndb database/m);
  });

  it('wants two to six images, and says which is not there', async () => {
    expect((await slipway('compare', 'before.tar')).err).toContain('expected 2 to 6 images');
    expect(await slipway('compare', 'before.tar', 'missing.tar')).toMatchObject({ status: 2, out: '' });
    expect((await slipway('compare', 'before.tar', 'after.tar', '--ci')).status).toBe(2);
    expect((await slipway('analyze', 'before.tar', '--packages')).status).toBe(2);
    expect((await slipway('compare', '-', 'after.tar', '--contents')).err).toContain('only once');
  });
});
