import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ImageFiles } from '#core/analysis/image-files.ts';
import { comparePackages } from '#core/packages/compare-packages.ts';
import { readPackages, type ImageWithPackages } from '#core/packages/read-packages.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, packFiles } from '../archive/image-archive.ts';
import { makeLinkedImage, type LinkedFiles } from '../archive/linked-image.ts';

const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
const job = { signal: new AbortController().signal, emit: () => undefined };

/** An image of these layers, and how often its archive was opened. */
async function imageOf(layers: LinkedFiles[]): Promise<ImageWithPackages & { opened: () => number }> {
  const archive = await packFiles(legacyFiles(await makeLinkedImage(layers)));
  let opened = 0;
  const open = () => {
    opened++;
    return Promise.resolve(Readable.from([archive]));
  };
  const scanned = await scanStream(await open(), { kind: 'archive', name: 'x' }, { signal: job.signal });
  const { analysis, layerFiles } = new ImageExplorer(scanned, context);
  return { source: { kind: 'stream', name: 'x', open }, layers: layerFiles, analysis, opened: () => opened - 1 };
}

const paragraph = (name: string, version: string): string =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;

/** A tree like Debian's: /lib is a link to usr/lib, and dpkg's lists still name /lib. */
const debian: LinkedFiles = {
  'usr/lib/libc.so.6': 'c'.repeat(100),
  'usr/bin/sh': 's'.repeat(30),
  lib: { linkTo: 'usr/lib' },
  bin: { linkTo: '/usr/bin' },
  'var/lib/dpkg/status': paragraph('libc6', '2.36') + paragraph('dash', '0.5'),
  'var/lib/dpkg/info/libc6:amd64.list': '/.\n/lib\n/lib/libc.so.6\n/usr/lib/libc.so.6\n',
  'var/lib/dpkg/info/dash.list': '/bin/sh\n/bin/gone\n'
};

const sizesOf = (packages: { name: string; ownedBytes: number | null }[]) =>
  Object.fromEntries(packages.map(({ name, ownedBytes }) => [name, ownedBytes]));

describe('the packages of images', () => {
  test('own what their lists name, also through a directory that is a link', async () => {
    const [read] = await readPackages([await imageOf([debian])], job);
    expect(read?.unread).toEqual([]);
    expect(sizesOf([...(read?.packages ?? [])])).toEqual({ libc6: 100, dash: 30 });
  });

  test('are read from the layer whose database is visible in a container, a shared layer once', async () => {
    const above: LinkedFiles = {
      'var/lib/dpkg/status': paragraph('libc6', '2.37') + paragraph('curl', '8'),
      'usr/bin/.wh.sh': '',
      'var/lib/dpkg/info/curl.list': '/usr/bin/curl\n',
      'usr/bin/curl': 'u'.repeat(9)
    };
    const images = [await imageOf([debian]), await imageOf([debian, above]), await imageOf([debian])];
    const { rows } = comparePackages(await readPackages(images, job));
    expect(rows.map(({ name, images: cells }) => [name, cells.map((cell) => cell?.versions[0] ?? null)])).toEqual([
      ['dash', ['0.5', null, '0.5']],
      ['curl', [null, '8', null]],
      ['libc6', ['2.36', '2.37', '2.36']]
    ]);
    expect(images.map(({ opened }) => opened())).toEqual([1, 1, 0]);
  });

  test('are found for every kind, unreadable databases are listed, and files that are not packages are skipped', async () => {
    const modules = 'app/node_modules';
    const [read] = await readPackages(
      [
        await imageOf([
          {
            'lib/apk/db/installed': 'P:musl\nV:1.2\nF:lib\nR:ld.so\n\n',
            'lib/ld.so': '12345',
            'var/lib/dpkg/status.d/base': 'Package: base-files\nVersion: 12\n',
            'var/lib/dpkg/status.d/base.md5sums': `${'0'.repeat(32)}  etc/os-release\n`,
            'var/lib/dpkg/status.d/odd': 'nothing that is known',
            'etc/os-release': 'Debian',
            'usr/lib/python3/site-packages/Flask-2.dist-info/METADATA': 'Name: Flask\nVersion: 2\n',
            'usr/lib/python3/site-packages/Flask-2.dist-info/RECORD': 'flask/app.py,,\n',
            'usr/lib/python3/site-packages/flask/app.py': 'app',
            'usr/lib/python3/dist-packages/blinker-1.dist-info/METADATA': 'Name: blinker\nVersion: 1\n',
            'usr/lib/python3/dist-packages/blinker-1.dist-info/RECORD/': '',
            [`${modules}/a/package.json`]: '{"name":"a","version":"1"}',
            [`${modules}/a/index.js`]: 'index',
            [`${modules}/a/node_modules/@s/b/package.json`]: '{"name":"@s/b","version":"2"}',
            [`${modules}/typed/package.json`]: '{"type":"module"}',
            'var/lib/rpm': { linkTo: '../../usr/lib/sysimage/rpm' },
            'usr/lib/sysimage/rpm/rpmdb.sqlite': 'SQLite',
            'usr/lib/sysimage/rpm/Packages': 'Berkeley DB',
            'usr/lib/sysimage/rpm/Packages.db': 'RpmP'
          }
        ])
      ],
      job
    );
    expect(read?.packages.map(({ kind, name, ownedBytes }) => [kind, name, ownedBytes])).toEqual([
      ['npm', '@s/b', 29],
      ['pip', 'Flask', 3],
      ['npm', 'a', 31],
      ['dpkg', 'base-files', 6],
      ['pip', 'blinker', null],
      ['apk', 'musl', 5]
    ]);
    expect(read?.unread).toEqual([
      { kind: 'dpkg', path: '/var/lib/dpkg/status.d/odd', reason: 'damaged' },
      { kind: 'rpm', path: '/usr/lib/sysimage/rpm/Packages.db', reason: 'format' },
      { kind: 'rpm', path: '/usr/lib/sysimage/rpm/Packages', reason: 'format' },
      { kind: 'rpm', path: '/usr/lib/sysimage/rpm/rpmdb.sqlite', reason: 'damaged' }
    ]);
  });

  test('are empty in an image without any, whose archive is then not opened', async () => {
    const image = await imageOf([{ a: 'x', 'var/lib/dpkg/info/': '' }]);
    expect(await readPackages([image], job)).toEqual([{ packages: [], unread: [] }]);
    expect(image.opened()).toBe(0);
  });

  test('stop being read when canceled', async () => {
    const cancelled = new AbortController();
    const image = await imageOf([debian]);
    const emit = () => cancelled.abort();
    await expect(readPackages([image], { signal: cancelled.signal, emit })).rejects.toThrow(Cancelled);
  });

  test.runIf(existsSync('/var/lib/dpkg/status'))("of this machine's dpkg are as many as dpkg reports", async () => {
    const info = '/var/lib/dpkg/info';
    const lists = readdirSync(info).filter((name) => name.endsWith('.list'));
    const status = readFileSync('/var/lib/dpkg/status', 'utf8');
    const real: LinkedFiles = { ...debian, 'var/lib/dpkg/status': status };
    delete real['var/lib/dpkg/info/libc6:amd64.list'];
    delete real['var/lib/dpkg/info/dash.list'];
    for (const name of lists) real[`var/lib/dpkg/info/${name}`] = readFileSync(`${info}/${name}`);
    const [read] = await readPackages([await imageOf([real])], job);
    expect(read?.packages.length).toBe(status.match(/^Status: .* installed$/gm)?.length);
    expect(read?.packages.every(({ version, ownedBytes }) => version !== '' && ownedBytes !== null)).toBe(true);
    expect(sizesOf([...(read?.packages ?? [])])['dash']).toBe(30);
  });
});

describe('a path of an image', () => {
  test('is followed through links as far as in Linux', async () => {
    const { analysis } = await imageOf([
      {
        'a/b/file': 'x',
        one: { linkTo: 'a' },
        'a/up': { linkTo: '../../../one/b' },
        round: { linkTo: 'about' },
        about: { linkTo: 'round' },
        twice: { linkTo: 'twice/twice' },
        soft: { linkTo: 'a/b/file' }
      }
    ]);
    const files = new ImageFiles(analysis);
    const file = files.find('a/b/file');
    expect(file).toBeGreaterThan(0);
    for (const path of ['one/b/file', 'one/up/file', 'a/../one/./b//file']) expect(files.findFile(path)).toBe(file);
    expect(files.find('one/up/file')).toBe(file);
    expect(files.findFile('soft')).toBe(file);
    expect(files.find('soft')).not.toBe(file);
    for (const path of ['round/file', 'twice/x', 'a/b', 'nowhere', '']) expect(files.findFile(path)).toBe(-1);
  });
});
