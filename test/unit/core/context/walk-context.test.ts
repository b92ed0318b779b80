import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureContext } from '#core/context/measure-context.ts';
import { walkContext } from '#core/context/walk-context.ts';
import { Cancelled } from '#core/util/app-error.ts';
import { asOrdinaryUser } from '../ordinary-user.ts';
import { fillFolder, scratchFolder } from '../scratch-folder.ts';
import { findingsOf, sentPaths } from './collect.ts';
import { ignores, matcherOf } from './ignores.ts';

const dockerfile = 'Dockerfile';

describe('walkContext', () => {
  it('finds folders before what is in them, and names in order', async () => {
    const root = scratchFolder({
      'b/z': '',
      'b/a': '',
      'a.txt': '',
      'b.txt': '',
      Dockerfile: '',
      'c/': '',
      'b/d/e': ''
    });
    const paths = ['Dockerfile', 'a.txt', 'b/', 'b/a', 'b/d/', 'b/d/e', 'b/z', 'b.txt', 'c/'];
    expect(await sentPaths({ root, dockerfile })).toEqual(paths);
  });

  it('orders names by the bytes of their UTF-8', async () => {
    const names = ['a', 'a-b', 'a.txt', 'ä', '\uFF5E', '\u{1F600}'];
    const root = scratchFolder({ 'a!/x': '', ...Object.fromEntries(names.map((name) => [name, ''])) });
    const paths = ['a', 'a!/', 'a!/x', 'a-b', 'a.txt', 'ä', '\uFF5E', '\u{1F600}'];
    expect(await sentPaths({ root, dockerfile: null })).toEqual(paths);
  });

  it('always sends the Dockerfile and the ignore file', async () => {
    const root = scratchFolder({
      Dockerfile: '',
      '.dockerignore': '*',
      x: '',
      'docker/prod.Dockerfile': '',
      'docker/y': ''
    });
    expect(await sentPaths({ root, dockerfile })).toEqual(['.dockerignore', 'Dockerfile']);
    expect(await sentPaths({ root, dockerfile: './docker/prod.Dockerfile' })).toEqual([
      '.dockerignore',
      'docker/',
      'docker/prod.Dockerfile'
    ]);
  });

  it("lets a Dockerfile's own ignore file win", async () => {
    const root = scratchFolder({ Dockerfile: '', 'Dockerfile.dockerignore': 'a', '.dockerignore': 'b', a: '', b: '' });
    const paths = ['.dockerignore', 'Dockerfile', 'Dockerfile.dockerignore', 'b'];
    expect(await sentPaths({ root, dockerfile })).toEqual(paths);
    expect(await sentPaths({ root, dockerfile: null })).toContain('a');
  });

  it('finds what "!" takes back in ignored folders, and enters no others', async () => {
    const root = scratchFolder({
      '.dockerignore': '*\n!src/**/*.ts\n!keep/me',
      Dockerfile: '',
      'src/a.ts': '',
      'src/deep/b.ts': '',
      'src/deep/b.js': '',
      'src/empty/c.js': '',
      'keep/me/x': '',
      'keep/not': '',
      'node_modules/a/b/c.ts': ''
    });
    const findings = await findingsOf({ root, dockerfile });
    const sent = findings.flatMap((finding) => (finding.kind === 'entry' ? finding.entry.path : []));
    const expected = [
      '.dockerignore',
      'Dockerfile',
      'keep',
      'keep/me',
      'keep/me/x',
      'src',
      'src/a.ts',
      'src/deep',
      'src/deep/b.ts'
    ];
    expect(sent).toEqual(expected);
    const ignored = findings.flatMap((finding) => (finding.kind === 'ignored' ? finding.path : []));
    expect(ignored).toContain('node_modules');
    expect(ignored.filter((path) => path.startsWith('node_modules/'))).toEqual([]);
  });

  it('is the plain rule on each path, whatever the patterns', async () => {
    const names = ['a', 'b', 'c'];
    const root = scratchFolder();
    const all = names.flatMap((x) => names.flatMap((y) => names.map((z) => `${x}/${y}/${z}`)));
    fillFolder(root, Object.fromEntries(all.map((path) => [path, ''])));
    const part = fc.constantFrom(...names, '*', '**', '?', '[ab]');
    const pattern = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const line = fc.tuple(fc.boolean(), pattern).map(([kept, text]) => (kept ? `!${text}` : text));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
        writeFileSync(join(root, '.dockerignore'), lines.join('\n'));
        const matcher = matcherOf(lines.join('\n'));
        const files = (await sentPaths({ root, dockerfile: null })).filter((path) => /^.\/.\/.$/.test(path));
        expect(files).toEqual(all.filter((path) => !ignores(matcher, path)));
      }),
      { numRuns: 150 }
    );
  });

  it('never follows links, so that none leads in a circle', async () => {
    const root = scratchFolder({ 'a/b/x': '' });
    symlinkSync('..', join(root, 'a/b/up'));
    symlinkSync('/', join(root, 'everything'));
    symlinkSync('nowhere', join(root, 'dangling'));
    const findings = await findingsOf({ root, dockerfile: null });
    const links = findings.flatMap((finding) =>
      finding.kind === 'entry' && finding.entry.kind === 'symlink' ? [[finding.entry.path, finding.entry.target]] : []
    );
    expect(links).toEqual([
      ['a/b/up', '..'],
      ['dangling', 'nowhere'],
      ['everything', '/']
    ]);
    expect(findings).toHaveLength(6);
  });

  it('names what cannot be read and what no image can hold', async () => {
    const root = scratchFolder({ 'locked/x': '', secret: '', fine: 'abc', ignored: '', '.dockerignore': 'ignored' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff])]), '');
    for (const name of ['locked', 'secret', 'ignored']) chmodSync(join(root, name), 0o000);
    const findings = await asOrdinaryUser(root, () => findingsOf({ root, dockerfile: null }));
    expect(findings.filter(({ kind }) => kind === 'unreadable' || kind === 'skipped')).toEqual([
      { kind: 'unreadable', path: 'bad\uFFFD', detail: { reason: 'name-not-utf8' } },
      { kind: 'unreadable', path: 'locked', detail: 'EACCES' },
      { kind: 'skipped', path: 'pipe' },
      { kind: 'unreadable', path: 'secret', detail: 'EACCES' }
    ]);
    const size = await asOrdinaryUser(root, () => measureContext(root, null));
    expect(size).toEqual({
      fileCount: 2,
      sizeBytes: 10,
      ignoredCount: 1,
      unreadable: ['bad\uFFFD', 'locked', 'secret']
    });
  });

  it('leaves out what vanishes while it walks', async () => {
    const root = scratchFolder();
    for (let index = 0; index < 200; index++) fillFolder(root, { [`d${`${index}`.padStart(3, '0')}/x`]: '' });
    let seen = 0;
    for await (const finding of await walkContext({ root, dockerfile: null })) {
      if (seen++ === 0) rmSync(root, { recursive: true });
      expect(finding.kind).toBe('entry');
    }
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(400);
  });

  it('ends with a coded error at too many files, a folder that is gone, a Dockerfile outside, a bad pattern', async () => {
    const root = scratchFolder({ '1': '', '2': '', '3': '', 'd/4': '', 'd/5': '' });
    await expect(findingsOf({ root, dockerfile: null, limitFiles: 5 })).rejects.toMatchObject({
      data: { code: 'folder-too-large', limitFiles: 5 }
    });
    expect(await findingsOf({ root, dockerfile: null, limitFiles: 6 })).toHaveLength(6);
    for (const outside of ['../Dockerfile', '/etc/passwd', 'a/../../b']) {
      await expect(findingsOf({ root, dockerfile: outside })).rejects.toMatchObject({ data: { code: 'file-missing' } });
    }
    fillFolder(root, { '.dockerignore': '[' });
    await expect(findingsOf({ root, dockerfile })).rejects.toMatchObject({
      data: { code: 'file-unreadable', file: '.dockerignore' }
    });
    renameSync(root, `${root}-moved`);
    await expect(findingsOf({ root, dockerfile })).rejects.toMatchObject({ data: { code: 'project-vanished' } });
    rmSync(`${root}-moved`, { recursive: true });
  });

  it('stops when it is aborted', async () => {
    const root = scratchFolder();
    for (let index = 0; index < 300; index++) writeFileSync(join(root, `${index}`), '');
    const abort = new AbortController();
    let seen = 0;
    const walk = async (): Promise<void> => {
      const findings = await walkContext({ root, dockerfile: null, signal: abort.signal });
      while ((await findings.next()).done !== true) {
        if (seen++ === 0) abort.abort();
      }
    };
    await expect(walk()).rejects.toBeInstanceOf(Cancelled);
    expect(seen).toBeLessThan(100);
  });

  it('ends with patterns that a backtracking matcher never ends at', async () => {
    const hostile = ['(a+)+$', `${'*a'.repeat(30)}*b`, `${'**/'.repeat(30)}z`, `${'[^b]*'.repeat(30)}b`];
    const root = scratchFolder({ '.dockerignore': hostile.join('\n'), [`${'a'.repeat(200)}c`]: 'x' });
    expect(await measureContext(root, null)).toMatchObject({ fileCount: 2, ignoredCount: 0 });
  });

  it('counts ten thousand files, leaving node_modules unseen', async () => {
    const root = scratchFolder({ '.dockerignore': 'node_modules\n!src/x' });
    for (let folder = 0; folder < 100; folder++) {
      mkdirSync(join(root, `${folder}`));
      for (let file = 0; file < 100; file++) writeFileSync(join(root, `${folder}`, `${file}`), 'abcd');
    }
    fillFolder(root, { 'node_modules/a/b': '' });
    const size = await measureContext(root, 'Dockerfile');
    expect(size).toEqual({ fileCount: 10_001, sizeBytes: 40_019, ignoredCount: 1, unreadable: [] });
  });
});
