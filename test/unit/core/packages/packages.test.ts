import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageChange, packageDifference } from '#contract/domain/package-change.ts';
import { comparePackages } from '#core/packages/compare-packages.ts';
import { parseApk } from '#core/packages/parsers/parse-apk.ts';
import { parseDpkg } from '#core/packages/parsers/parse-dpkg.ts';
import { parseNpm } from '#core/packages/parsers/parse-npm.ts';
import { parsePip } from '#core/packages/parsers/parse-pip.ts';

describe('the packages of an image', () => {
  test('are read from dpkg, except removed ones', () => {
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
      { kind: 'dpkg', name: 'libc6', version: '2.36-9', owns: { files: ['lib', 'lib/libc.so.6'] } },
      { kind: 'dpkg', name: 'tzdata', version: '2024a-0', owns: { files: ['usr/share/zoneinfo/UTC'] } }
    ]);
  });

  test('are read from a file of status.d, which has no status', () => {
    expect(parseDpkg('Package: base-files\nVersion: 12.4\n', () => null)).toEqual([
      { kind: 'dpkg', name: 'base-files', version: '12.4', owns: null }
    ]);
  });

  test('are read from apk with their files', () => {
    const installed =
      'C:Q1x\nP:musl\nV:1.2.4-r2\nF:lib\nR:ld-musl.so.1\na:0:0:755\nF:\nR:top\n\nP:busybox\nV:1.36\nF:bin\nR:busybox\n\n';
    expect(parseApk(installed)).toEqual([
      { kind: 'apk', name: 'musl', version: '1.2.4-r2', owns: { files: ['lib/ld-musl.so.1', 'top'] } },
      { kind: 'apk', name: 'busybox', version: '1.36', owns: { files: ['bin/busybox'] } }
    ]);
  });

  test('are read from a dist-info, with its record relative to the directory it was installed in', () => {
    const folder = 'usr/lib/python3/site-packages/Flask-2.0.dist-info';
    const record =
      'flask/app.py,sha256=x,10\n../../../bin/flask,,\n"a,b.py",,3\n/opt/x.py,,\n../../../../../etc/passwd,,\n';
    expect(parsePip(folder, 'Metadata-Version: 2.1\nName: Flask\nVersion: 2.0\n\nName: not this', record)).toEqual({
      kind: 'pip',
      name: 'Flask',
      version: '2.0',
      owns: {
        files: [
          'usr/lib/python3/site-packages/flask/app.py',
          'usr/bin/flask',
          'usr/lib/python3/site-packages/a,b.py',
          'opt/x.py'
        ]
      }
    });
    expect(parsePip(folder, 'Version: 1', null)).toBeNull();
  });

  test('are read from package.json files that describe a package', () => {
    const folder = 'app/node_modules/@scope/a';
    expect(parseNpm(`${folder}/package.json`, '{"name":"@scope/a","version":"1.0.0"}')).toEqual({
      kind: 'npm',
      name: '@scope/a',
      version: '1.0.0',
      owns: { folder }
    });
    expect(parseNpm(`${folder}/test/package.json`, '{"name":"x","version":"1"}')).toBeNull();
    expect(parseNpm('app/package.json', '{"name":"x","version":"1"}')).toBeNull();
    expect(parseNpm('node_modules/a/package.json', '{')).toBeNull();
  });

  test('are compared with the bytes they own, differences first', () => {
    const found = (name: string, version: string, ownedBytes: number | null) => ({
      kind: 'npm' as const,
      name,
      version,
      ownedBytes
    });
    const unread = { kind: 'rpm', path: '/var/lib/rpm/Packages', reason: 'format' } as const;
    const { rows, totals, ...others } = comparePackages([
      { packages: [found('a', '1', 9), found('x', '1', 12), found('x', '2', 100), found('y', '1', null)], unread: [] },
      { packages: [found('a', '1', 9), found('x', '1', 5)], unread: [unread] }
    ]);
    expect(rows.map(({ name, images, isSame }) => ({ name, images, isSame }))).toEqual([
      {
        name: 'x',
        images: [
          { versions: ['1', '2'], ownedBytes: 112 },
          { versions: ['1'], ownedBytes: 5 }
        ],
        isSame: false
      },
      { name: 'y', images: [{ versions: ['1'], ownedBytes: null }, null], isSame: false },
      { name: 'a', images: [...Array<object>(2)].map(() => ({ versions: ['1'], ownedBytes: 9 })), isSame: true }
    ]);
    const images = [
      { count: 4, ownedBytes: 121 },
      { count: 2, ownedBytes: 14 }
    ];
    expect(totals).toEqual([{ kind: 'npm', images }]);
    expect(others).toEqual({ leftOutCount: 0, unread: [{ image: 1, ...unread }] });
    expect(rows.map((row) => packageChange(row, 0, 1))).toEqual(['changed', 'removed', 'same']);
    expect(rows.map((row) => packageChange(row, 1, 0))).toEqual(['changed', 'added', 'same']);
    expect(rows.map((row) => packageDifference(row, 1))).toEqual([107, null, 0]);
  });

  test('are parsed from any text without an error', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'Package: a',
        'Status: install ok installed',
        'Version: 1',
        'P:a',
        'V:1',
        'F:lib',
        'R:x',
        'Name: a',
        '',
        ' ',
        '"a""b,c'
      )
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end);
        const found = [
          ...parseDpkg(text, () => text),
          ...parseApk(text),
          parsePip('a/x.dist-info', text, text),
          parseNpm('node_modules/a/package.json', text)
        ];
        for (const each of found) {
          if (each?.owns && 'files' in each.owns) {
            for (const path of each.owns.files) expect(path).not.toMatch(/^(\/|\.\.\/)/);
          }
        }
      })
    );
  });
});
