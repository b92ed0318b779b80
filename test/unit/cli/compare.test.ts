import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../electron/cli/run.ts';
import { comparisonReportSchema } from '../../../electron/contract/schema/comparison.ts';
import { AppError } from '../../../electron/core/app-error.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../core/image/archive/image-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'shell-'));

async function writeArchive(file: string, layers: Files[]): Promise<void> {
  writeFileSync(join(folder, file), await packFiles(legacyFiles(await makeImage(layers))));
}

async function slipway(...words: string[]): Promise<{ status: number; out: string; err: string }> {
  const ran = { status: -1, out: '', err: '' };
  ran.status = await run(words, {
    folder,
    stdin: Readable.from([]),
    write: (text) => (ran.out += text),
    tell: (text) => (ran.err += text),
    openEngine: () => Promise.reject(new AppError('engine-none', {})),
    signal: new AbortController().signal
  });
  return ran;
}

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
  });

  it('prints Markdown for a pull request that no name of an image can break', async () => {
    const { out } = await slipway('compare', 'before.tar', 'after.tar');
    expect(out).toMatch(/^\| `sample:1` \| 101 B \| −929 B \|$/m);
    expect(out).toMatch(/^\| `\/a\/gone` \| 900 B \| – \| removed \|$/m);
    expect(out).toMatch(/^\| `\/b\/a\\\|b\?c` \| 30 B \| 1 B \| shrunk \|$/m);
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
    expect(err).toContain('Reading new.tar once more');
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

  it('wants two to six images, and says which is not there', async () => {
    expect((await slipway('compare', 'before.tar')).err).toContain('Name 2 to 6.');
    expect(await slipway('compare', 'before.tar', 'missing.tar')).toMatchObject({ status: 2, out: '' });
    expect((await slipway('compare', 'before.tar', 'after.tar', '--ci')).status).toBe(2);
    expect((await slipway('analyze', 'before.tar', '--packages')).status).toBe(2);
    expect((await slipway('compare', '-', 'after.tar', '--contents')).err).toContain('only once');
  });
});
