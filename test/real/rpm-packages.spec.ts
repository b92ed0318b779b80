import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanStream } from '#core/analysis/scan-image.ts';
import { comparePackages } from '#core/packages/compare-packages.ts';
import { readPackages, type ImageWithPackages } from '#core/packages/read-packages.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { installRpms, packRoot, queryRpms, rpmFolder, type RpmPackage } from '../real-parts/install-rpms.ts';
import { digestOf, legacyFiles, packFiles } from '../unit/core/archive/image-archive.ts';

const { signal } = new AbortController();
const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
const folder = mkdtempSync(join(tmpdir(), 'slipway-rpm-roots-'));
const roots = ['before', 'after'].map((name) => join(folder, name));
const many = Array.from({ length: 30 }, (_, i): RpmPackage => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, j) => [`/usr/share/many-${i}/${j}/file`, i + j]));
  return { name: `many-${i}`, version: '1', release: '1', files };
});

beforeAll(() => {
  const bash = { '/usr/bin/bash': 900_000, '/usr/share/doc/bash/README': 1200 };
  const installed: RpmPackage[][] = [
    [
      { name: 'bash', version: '5.2.21', release: '2.fc39', files: bash },
      {
        name: 'openssl-libs',
        epoch: 1,
        version: '3.1.1',
        release: '4.fc39',
        files: { '/usr/lib64/libssl.so.3': 70_001 }
      },
      { name: 'basesystem', version: '11', release: '18.fc39' },
      ...many
    ],
    [
      { name: 'bash', version: '5.2.26', release: '3.fc40', files: { ...bash, '/usr/bin/bash': 950_000 } },
      {
        name: 'openssl-libs',
        epoch: 1,
        version: '3.1.1',
        release: '4.fc39',
        files: { '/usr/lib64/libssl.so.3': 70_001 }
      },
      { name: 'tzdata', version: '2024a~rc1', release: '5.fc40', files: { '/usr/share/zoneinfo/UTC': 114 } }
    ]
  ];
  for (const [i, root] of roots.entries()) {
    mkdirSync(root);
    installRpms(root, installed[i] ?? []);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An image whose only layer has this folder's files. */
async function imageOf(root: string): Promise<ImageWithPackages> {
  const file = `${root}.tar`;
  packRoot(root, file);
  const layer = readFileSync(file);
  const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] };
  const config = Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs }));
  const archive = await packFiles(legacyFiles({ layers: [layer], config }));
  const open = () => Promise.resolve(Readable.from([archive]));
  const scanned = await scanStream(await open(), { kind: 'archive', name: 'x' }, { signal });
  const { analysis, layerFiles } = new ImageExplorer(scanned, context);
  return { source: { kind: 'stream', name: 'x', open }, layers: layerFiles, analysis };
}

const read = async (folders: readonly string[]) =>
  readPackages(await Promise.all(folders.map(imageOf)), { signal, emit: () => undefined });

describe("rpm's database of an image", () => {
  it('has the names, versions and bytes that rpm reports', async () => {
    const images = await read(roots);
    for (const [i, { packages, unread }] of images.entries()) {
      const listed = packages.map(({ name, version, ownedBytes }) => ({ name, version, sizeBytes: ownedBytes }));
      expect(listed.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(queryRpms(roots[i] ?? ''));
      expect(unread).toEqual([]);
    }
    const { rows, totals } = comparePackages(images);
    const named = (name: string) => rows.find((row) => row.name === name)?.images.map((cell) => cell?.versions[0]);
    expect(named('bash')).toEqual(['5.2.21-2.fc39', '5.2.26-3.fc40']);
    expect(named('openssl-libs')).toEqual(['1:3.1.1-4.fc39', '1:3.1.1-4.fc39']);
    expect(named('tzdata')).toEqual([undefined, '2024a~rc1-5.fc40']);
    expect(totals.map(({ kind, images: cells }) => [kind, cells.map(({ count }) => count)])).toEqual([
      ['rpm', [33, 3]]
    ]);
  });

  it('is read with the changes of a killed rpm that are only in the log', async () => {
    const root = join(folder, 'killed');
    execFileSync('cp', ['-a', roots[1] ?? '', root]);
    const killer = { name: 'killer', version: '1', release: '1', files: { '/usr/bin/killer': 77 }, killsRpm: true };
    expect(() => installRpms(root, [killer])).toThrow('Command failed: rpm');
    expect(statSync(join(root, rpmFolder, 'rpmdb.sqlite-wal')).size).toBeGreaterThan(0);
    const [image] = await read([root]);
    const names = image?.packages.map(({ name }) => name).sort();
    expect(names).toEqual(queryRpms(root).map(({ name }) => name));
    expect(names).toContain('killer');
  });

  it('is read at both paths that rpm has used, following a link between them', async () => {
    const [root = ''] = roots;
    const older = join(folder, 'older');
    mkdirSync(join(older, 'var/lib'), { recursive: true });
    execFileSync('cp', ['-a', join(root, rpmFolder), join(older, 'var/lib/rpm')]);
    const linked = join(folder, 'linked');
    execFileSync('cp', ['-a', root, linked]);
    mkdirSync(join(linked, 'var/lib'), { recursive: true });
    execFileSync('ln', ['-s', '../../usr/lib/sysimage/rpm', join(linked, 'var/lib/rpm')]);
    const counts = (await read([older, linked])).map(({ packages }) => packages.length);
    expect(counts).toEqual([33, 33]);
  });
});
