import { describe, expect, test } from 'vitest';
import {
  comparePackages,
  findRpmDatabase
} from '../../../../../electron/core/image/compare/packages/compare-packages.ts';
import { parseApk } from '../../../../../electron/core/image/compare/packages/parse-apk.ts';
import { parseDpkg } from '../../../../../electron/core/image/compare/packages/parse-dpkg.ts';
import { parseNpm } from '../../../../../electron/core/image/compare/packages/parse-npm.ts';
import { parseDistInfo } from '../../../../../electron/core/image/compare/packages/parse-pip.ts';

describe('the packages of an image', () => {
  test('are read from dpkg, those that are removed left out', () => {
    const status = `Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9
Description: GNU C Library
 Version: 1 of a description is none

Package: gone
Status: deinstall ok config-files
Version: 1

Package: tzdata
Status: install ok installed
Architecture: all
Version: 2024a-0
`;
    const lists: Record<string, string> = {
      'libc6:amd64': '/.\n/lib\n/lib/libc.so.6\n',
      tzdata: '/usr/share/zoneinfo/UTC\n'
    };
    expect(parseDpkg(status, (name) => lists[name] ?? null)).toEqual([
      { kind: 'dpkg', name: 'libc6', version: '2.36-9', files: ['lib', 'lib/libc.so.6'] },
      { kind: 'dpkg', name: 'tzdata', version: '2024a-0', files: ['usr/share/zoneinfo/UTC'] }
    ]);
  });

  test('are read from a file of status.d, which tells no status', () => {
    expect(parseDpkg('Package: base-files\nVersion: 12.4\n', () => null)).toEqual([
      { kind: 'dpkg', name: 'base-files', version: '12.4', files: [] }
    ]);
  });

  test('are read from apk with their files', () => {
    const installed =
      'C:Q1x\nP:musl\nV:1.2.4-r2\nF:lib\nR:ld-musl.so.1\na:0:0:755\nF:\nR:top\n\nP:busybox\nV:1.36\nF:bin\nR:busybox\n\n';
    expect(parseApk(installed)).toEqual([
      { kind: 'apk', name: 'musl', version: '1.2.4-r2', files: ['lib/ld-musl.so.1', 'top'] },
      { kind: 'apk', name: 'busybox', version: '1.36', files: ['bin/busybox'] }
    ]);
  });

  test('are read from a dist-info, its record relative to the folder it was installed in', () => {
    const folder = 'usr/lib/python3/site-packages/Flask-2.0.dist-info';
    const record =
      'flask/app.py,sha256=x,10\n../../../bin/flask,,\n"a,b.py",,3\n/opt/x.py,,\n../../../../../etc/passwd,,\n';
    expect(parseDistInfo(folder, 'Metadata-Version: 2.1\nName: Flask\nVersion: 2.0\n\nName: not this', record)).toEqual(
      {
        kind: 'pip',
        name: 'Flask',
        version: '2.0',
        files: [
          'usr/lib/python3/site-packages/flask/app.py',
          'usr/bin/flask',
          'usr/lib/python3/site-packages/a,b.py',
          'opt/x.py'
        ]
      }
    );
    expect(parseDistInfo(folder, 'Version: 1', null)).toBeNull();
  });

  test('are read from package.json files that are packages of their own', () => {
    const folder = 'app/node_modules/@scope/a';
    const files = [`${folder}/package.json`, `${folder}/index.js`, `${folder}/node_modules/b/index.js`];
    expect(parseNpm(`${folder}/package.json`, '{"name":"@scope/a","version":"1.0.0"}', files)).toEqual({
      kind: 'npm',
      name: '@scope/a',
      version: '1.0.0',
      files: files.slice(0, 2)
    });
    expect(parseNpm(`${folder}/test/package.json`, '{"name":"x","version":"1"}', [])).toBeNull();
    expect(parseNpm('app/package.json', '{"name":"x","version":"1"}', [])).toBeNull();
    expect(parseNpm('node_modules/a/package.json', '{', [])).toBeNull();
  });

  test('stand side by side with the bytes they own, a shared file counted once', () => {
    const sizes: Readonly<Record<string, number>> = { a: 5, b: 7, c: 100 };
    const sizeOf = (path: string): number => sizes[path] ?? 0;
    const found = (name: string, version: string, files: string[]) => ({ kind: 'npm' as const, name, version, files });
    const rows = comparePackages([
      { packages: [found('x', '1', ['a', 'b']), found('x', '2', ['c']), found('y', '1', ['b'])], sizeOf },
      { packages: [found('x', '1', ['a'])], sizeOf }
    ]);
    expect(rows).toEqual([
      {
        kind: 'npm',
        name: 'x',
        images: [
          { versions: ['1', '2'], ownedBytes: 112 },
          { versions: ['1'], ownedBytes: 5 }
        ],
        isSame: false
      },
      { kind: 'npm', name: 'y', images: [{ versions: ['1'], ownedBytes: 0 }, null], isSame: false }
    ]);
  });

  test('of rpm are said not to be readable', () => {
    expect(findRpmDatabase(['etc/passwd', 'var/lib/rpm/rpmdb.sqlite'])).toBe('var/lib/rpm/rpmdb.sqlite');
    expect(findRpmDatabase(['etc/passwd'])).toBeNull();
  });
});
