import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import tar from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { TarEntry } from '#core/tar/tar-entry.ts';
import { TarError, normalizePath, tarLimits } from '#core/tar/tar-entry.ts';
import { displayName } from '#core/tar/tar-fields.ts';
import { TarScanner } from '#core/tar/tar-scanner.ts';

interface Scanned extends TarEntry {
  body: string;
}

function scan(archive: Buffer, chunkBytes = 1000, limits = tarLimits): Scanned[] {
  const found: Scanned[] = [];
  const scanner = new TarScanner(
    {
      onEntry: (entry) => {
        const scanned: Scanned = { ...entry, body: '' };
        found.push(scanned);
        return (chunk) => (scanned.body += chunk.toString('latin1'));
      }
    },
    limits
  );
  for (let at = 0; at < archive.length; at += chunkBytes) scanner.write(archive.subarray(at, at + chunkBytes));
  scanner.end();
  return found;
}

async function pack(entries: { headers: Partial<tar.Header> & { name: string }; body?: string }[]): Promise<Buffer> {
  const packer = tar.pack();
  for (const { headers, body } of entries) packer.entry(headers, body ?? '');
  packer.finalize();
  const parts: Buffer[] = [];
  for await (const part of packer) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The archive that a script for Python's tarfile writes to `t`, and what tarfile reads back. */
function python(script: string): { archive: Buffer; expected: Record<string, unknown>[] } {
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  try {
    const file = join(folder, 'a.tar');
    const read = `
import tarfile, io, json, sys
${script}
r = tarfile.open('${file}')
print(json.dumps([dict(name=m.name, size=m.size if m.isreg() else 0, mode=m.mode & 0o7777, uid=m.uid, gid=m.gid, mtime=m.mtime, link=m.linkname) for m in r]))
`.replaceAll('FILE', file);
    const expected = JSON.parse(execFileSync('python3', ['-c', read], { encoding: 'utf8' })) as Record<
      string,
      unknown
    >[];
    return { archive: readFileSync(file), expected };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const segment = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme-composite' })
  .map((text) => text.replaceAll(/[/\0]/g, '_'))
  .filter((text) => text !== '.' && text !== '..');

describe('scanning a tar', () => {
  it('reads the output of tar-stream, in chunks of any size', async () => {
    const entry = fc.record({
      path: fc.array(segment, { minLength: 1, maxLength: 8 }).map((segments) => segments.join('/')),
      body: fc.string({ maxLength: 1500, unit: 'binary-ascii' }),
      mode: fc.integer({ min: 1, max: 0o7777 }),
      uid: fc.integer({ min: 0, max: 0o777_777 }),
      mtime: fc.integer({ min: 0, max: 2 ** 31 - 1 })
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), fc.integer({ min: 1, max: 3000 }), async (entries, size) => {
        const archive = await pack(
          entries.map(({ path, body, mode, uid, mtime }) => ({
            headers: { name: path, mode, uid, mtime: new Date(mtime * 1000) },
            body
          }))
        );
        const found = scan(archive, size);
        expect(found.map(({ path, body, mode, uid, mtimeSeconds }) => [path, body, mode, uid, mtimeSeconds])).toEqual(
          entries.map(({ path, body, mode, uid, mtime }) => [path, body, mode, uid, mtime])
        );
      }),
      { numRuns: 60 }
    );
  });

  for (const format of ['USTAR_FORMAT', 'GNU_FORMAT', 'PAX_FORMAT']) {
    it(`agrees with Python's tarfile on ${format}`, () => {
      const { archive, expected } = python(`
t = tarfile.open('FILE', 'w', format=tarfile.${format})
def add(name, **k):
    i = tarfile.TarInfo(name); data = k.pop('data', b'')
    for a in k: setattr(i, a, k[a])
    i.size = len(data); t.addfile(i, io.BytesIO(data))
add('etc', type=tarfile.DIRTYPE, mode=0o755)
add('etc/motd', data=b'x'*1234, mode=0o644, uid=1000, gid=100, mtime=1700000000)
add('p/' + 'long' * 22 + '/' + 'n' * 90, data=b'abc')
add('link', type=tarfile.SYMTYPE, linkname='../etc/motd')
add('hard', type=tarfile.LNKTYPE, linkname='etc/motd')
add('null', type=tarfile.CHRTYPE, devmajor=1, devminor=3)
add('pipe', type=tarfile.FIFOTYPE)
add('gr\\u00fc\\u00dfe/\\u6587', data=b'1')
if '${format}' != 'USTAR_FORMAT':
    add('y' * 300, data=b'long', uid=2**31 - 1)
    add('sl', type=tarfile.SYMTYPE, linkname='z' * 250)
    add('bad\\udcff\\udc80name', data=b'2')
t.close()`);
      const found = scan(archive, 777);
      expect(
        found.map((e) => ({
          name: e.path,
          size: e.sizeBytes,
          mode: e.mode,
          uid: e.uid,
          gid: e.gid,
          mtime: e.mtimeSeconds,
          link: e.linkTarget
        }))
      ).toEqual(expected);
      expect(displayName(found.at(-1)?.path ?? '')).toBe(
        format === 'USTAR_FORMAT' ? 'grüße/文' : String.raw`bad\xff\x80name`
      );
    });
  }

  it("agrees with GNU tar on its sparse files' size", () => {
    const folder = mkdtempSync(join(tmpdir(), 'sparse-'));
    try {
      execFileSync(
        'sh',
        [
          '-c',
          'for i in 1 2 3 4 5 6 7 8; do printf data | dd of=holes bs=1 seek=${i}000000 conv=notrunc; done; echo x > after'
        ],
        { cwd: folder, stdio: 'ignore' }
      );
      for (const format of ['gnu', 'posix']) {
        execFileSync('tar', ['-S', `--format=${format}`, '-cf', 'a.tar', 'holes', 'after'], { cwd: folder });
        const found = scan(readFileSync(join(folder, 'a.tar')));
        expect(found.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
          ['holes', 8_000_004],
          ['after', 2]
        ]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads extended attributes and applies global headers', () => {
    const { archive } = python(`
t = tarfile.open('FILE', 'w', format=tarfile.PAX_FORMAT, pax_headers={'comment': 'of all', 'uid': '77'})
i = tarfile.TarInfo('a'); i.pax_headers = {'SCHILY.xattr.security.capability': 'cap', 'mtime': '12.5'}
t.addfile(i); t.close()`);
    const [entry] = scan(archive);
    expect(entry?.xattrs?.get('security.capability')?.toString()).toBe('cap');
    expect([entry?.uid, entry?.mtimeSeconds]).toEqual([77, 12.5]);
  });

  it('normalizes names and rejects those that escape the root', async () => {
    expect(['./a/b', '/a//b/', 'a/../b', './', 'a/./b', '.wh.x', '..a'].map(normalizePath)).toEqual([
      'a/b',
      'a/b',
      'b',
      '',
      'a/b',
      '.wh.x',
      '..a'
    ]);
    const escaping = await pack([{ headers: { name: 'a/../../etc/passwd' } }]);
    expect(() => scan(escaping)).toThrow(TarError);
  });
});

describe('a damaged tar', () => {
  it('reports the entry at which it was truncated', async () => {
    const archive = await pack([
      { headers: { name: 'first' } },
      { headers: { name: 'second' }, body: 'x'.repeat(2000) }
    ]);
    for (const cut of [600, 1024 + 100, 1024 + 1999]) {
      expect(() => scan(archive.subarray(0, cut))).toThrow('tar-cut-short');
    }
    expect(() => scan(archive.subarray(0, 1024 + 1500))).toThrow(expect.objectContaining({ entry: 'second' }));
  });

  it("may lack its last padding and its end, like umoci's", async () => {
    const archive = await pack([{ headers: { name: 'only' }, body: 'x'.repeat(700) }]);
    expect(scan(archive.subarray(0, 512 + 700))).toHaveLength(1);
  });

  it('is detected by its checksums', async () => {
    const archive = await pack([{ headers: { name: 'first' } }, { headers: { name: 'second' } }]);
    archive[512 + 3] = (archive[512 + 3] ?? 0) ^ 1;
    expect(() => scan(archive)).toThrow(expect.objectContaining({ entry: 'first', problem: 'tar-checksum-wrong' }));
  });

  it('may not exceed the limits', async () => {
    const archive = await pack([{ headers: { name: 'a'.repeat(400) } }, { headers: { name: 'b/c/d' } }]);
    const limited = (limits: Partial<typeof tarLimits>) => () => scan(archive, 512, { ...tarLimits, ...limits });
    expect(limited({ maxEntries: 1 })).toThrow(expect.objectContaining({ problem: 'maxEntries' }));
    expect(limited({ maxNameBytes: 300 })).toThrow(expect.objectContaining({ problem: 'maxNameBytes' }));
    expect(limited({ maxHeaderBytes: 300 })).toThrow(expect.objectContaining({ problem: 'maxHeaderBytes' }));
    expect(limited({ maxDepth: 2 })).toThrow(expect.objectContaining({ problem: 'maxDepth' }));
    expect(limited({})).not.toThrow();
  });
});
