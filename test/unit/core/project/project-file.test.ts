import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileLimitBytes, readProjectFile, saveProjectFile } from '#core/project/project-file.ts';
import { asOrdinaryUser } from '../ordinary-user.ts';
import { scratchFolder } from '../scratch-folder.ts';

const code = (name: string): object => ({ data: expect.objectContaining({ code: name }) as object });

describe('readProjectFile', () => {
  it('returns the text with plain line endings, without a byte order mark', async () => {
    const root = scratchFolder({ Dockerfile: '\uFEFFFROM scratch\r\nRUN a\r\n' });
    expect((await readProjectFile(root, 'Dockerfile')).text).toBe('FROM scratch\nRUN a\n');
  });

  it.each(['../Dockerfile', 'sub/Dockerfile', '/etc/passwd', 'app.py', '', '.', '..', 'Dockerfile\0', '.env'])(
    'rejects %j, which is not a file of the project',
    async (file) => {
      const root = scratchFolder({ 'app.py': '', 'sub/Dockerfile': '', '.env': 'SECRET=1' });
      await expect(readProjectFile(root, file)).rejects.toMatchObject(code('file-unreadable'));
      await expect(saveProjectFile(root, file, 'x', { revision: null, replace: true })).rejects.toMatchObject(
        code('file-unreadable')
      );
    }
  );

  it('reports why a file cannot be read', async () => {
    const root = scratchFolder({
      'a.Dockerfile': 'FROM a\0b',
      'b.Dockerfile': Buffer.from([0x46, 0xff, 0xfe]),
      'c.Dockerfile': 'x'.repeat(fileLimitBytes + 1),
      'd.Dockerfile/': ''
    });
    await expect(readProjectFile(root, 'Dockerfile')).rejects.toMatchObject(code('file-missing'));
    await expect(readProjectFile(root, 'a.Dockerfile')).rejects.toMatchObject(code('file-not-text'));
    await expect(readProjectFile(root, 'b.Dockerfile')).rejects.toMatchObject(code('file-not-text'));
    await expect(readProjectFile(root, 'c.Dockerfile')).rejects.toMatchObject(code('file-too-large'));
    await expect(readProjectFile(root, 'd.Dockerfile')).rejects.toMatchObject(code('file-unreadable'));
  });

  it('never blocks on a pipe, follows links inside the project only, and reports a circular link', async () => {
    const outside = scratchFolder({ secret: 'root:x' });
    const root = scratchFolder({ 'docker/prod': 'FROM a' });
    symlinkSync('docker/prod', join(root, 'Dockerfile'));
    symlinkSync(join(outside, 'secret'), join(root, 'a.Dockerfile'));
    symlinkSync('b.Dockerfile', join(root, 'b.Dockerfile'));
    execFileSync('mkfifo', [join(root, 'c.Dockerfile')]);
    expect((await readProjectFile(root, 'Dockerfile')).text).toBe('FROM a');
    await expect(readProjectFile(root, 'a.Dockerfile')).rejects.toMatchObject(code('file-unreadable'));
    await expect(readProjectFile(root, 'b.Dockerfile')).rejects.toMatchObject(code('file-unreadable'));
    await expect(readProjectFile(root, 'c.Dockerfile')).rejects.toMatchObject(code('file-unreadable'));
  });

  it('reports a file without read permission', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a' });
    chmodSync(join(root, 'Dockerfile'), 0o000);
    await asOrdinaryUser(root, () =>
      expect(readProjectFile(root, 'Dockerfile')).rejects.toMatchObject({
        data: { code: 'file-unreadable', file: 'Dockerfile', detail: 'EACCES' }
      })
    );
  });
});

describe('saveProjectFile', () => {
  it('keeps mode, byte order mark and line endings, and leaves no other files behind', async () => {
    const root = scratchFolder({ Dockerfile: '\uFEFFFROM a\r\nRUN b\r\n' });
    chmodSync(join(root, 'Dockerfile'), 0o664);
    const { revision } = await readProjectFile(root, 'Dockerfile');
    const next = await saveProjectFile(root, 'Dockerfile', 'FROM c\nRUN d\n', { revision, replace: false });
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('\uFEFFFROM c\r\nRUN d\r\n');
    expect(statSync(join(root, 'Dockerfile')).mode & 0o777).toBe(0o664);
    expect(next).toBe((await readProjectFile(root, 'Dockerfile')).revision);
    expect(readdirSync(root)).toEqual(['Dockerfile']);
  });

  it('restores any text as it was saved', async () => {
    const root = scratchFolder({ Dockerfile: '' });
    const text = fc.string({ unit: 'grapheme' }).map((raw) => raw.replaceAll(/\0|\r|^\uFEFF/g, ''));
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), fc.boolean(), async (original, marked, windows) => {
        writeFileSync(join(root, 'Dockerfile'), (marked ? '\uFEFF' : '') + (windows ? 'a\r\n' : 'a\n'));
        await saveProjectFile(root, 'Dockerfile', original, { revision: null, replace: true });
        expect((await readProjectFile(root, 'Dockerfile')).text).toBe(original);
        const bytes = readFileSync(join(root, 'Dockerfile'), 'utf8');
        expect(bytes.startsWith('\uFEFF')).toBe(marked);
        expect(bytes.includes('\r\n')).toBe(windows && original.includes('\n'));
      }),
      { numRuns: 60 }
    );
  });

  it('detects changes by another program, and overwrites them only on request', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a\n' });
    const { revision } = await readProjectFile(root, 'Dockerfile');
    writeFileSync(join(root, 'Dockerfile'), 'FROM theirs\n');
    const mine = { revision, replace: false };
    await expect(saveProjectFile(root, 'Dockerfile', 'FROM mine\n', mine)).rejects.toMatchObject(code('file-changed'));
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM theirs\n');
    await saveProjectFile(root, 'Dockerfile', 'FROM mine\n', { revision, replace: true });
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM mine\n');

    rmSync(join(root, 'Dockerfile'));
    await expect(saveProjectFile(root, 'Dockerfile', 'x', mine)).rejects.toMatchObject(code('file-missing'));
    await saveProjectFile(root, 'Dockerfile', 'FROM new\n', { revision: null, replace: false });
    await expect(saveProjectFile(root, 'Dockerfile', 'x', { revision: null, replace: false })).rejects.toMatchObject(
      code('file-exists')
    );
  });

  it('lets only one of two saves of the same revision succeed', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a\n' });
    const { revision } = await readProjectFile(root, 'Dockerfile');
    const saves = ['FROM b\n', 'FROM c\n'].map((text) =>
      saveProjectFile(root, 'Dockerfile', text, { revision, replace: false })
    );
    const [first, second] = await Promise.allSettled(saves);
    expect(first?.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: code('file-changed') });
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM b\n');
  });

  it('writes through a link, and leaves other hard links unchanged', async () => {
    const root = scratchFolder({ 'docker/prod': 'FROM a', 'x.Dockerfile': 'FROM x' });
    symlinkSync('docker/prod', join(root, 'Dockerfile'));
    linkSync(join(root, 'x.Dockerfile'), join(root, 'copy'));
    await saveProjectFile(root, 'Dockerfile', 'FROM b', { revision: null, replace: true });
    await saveProjectFile(root, 'x.Dockerfile', 'FROM y', { revision: null, replace: true });
    expect(lstatSync(join(root, 'Dockerfile')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(root, 'docker/prod'), 'utf8')).toBe('FROM b');
    expect(readFileSync(join(root, 'copy'), 'utf8')).toBe('FROM x');
  });

  it('never writes through a link out of the project, nor a dangling one', async () => {
    const outside = scratchFolder({ target: 'theirs' });
    const root = scratchFolder();
    symlinkSync(join(outside, 'target'), join(root, 'Dockerfile'));
    symlinkSync(join(outside, 'nothing'), join(root, 'a.Dockerfile'));
    const replace = { revision: null, replace: true };
    await expect(saveProjectFile(root, 'Dockerfile', 'x', replace)).rejects.toMatchObject(code('file-unreadable'));
    await expect(saveProjectFile(root, 'a.Dockerfile', 'x', replace)).rejects.toMatchObject(code('file-exists'));
    expect(readFileSync(join(outside, 'target'), 'utf8')).toBe('theirs');
    expect(readdirSync(outside)).toEqual(['target']);
  });

  it('rejects what is not text or too large', async () => {
    const root = scratchFolder();
    const save = { revision: null, replace: false };
    await expect(saveProjectFile(root, 'Dockerfile', 'a\0b', save)).rejects.toMatchObject(code('file-not-text'));
    await expect(saveProjectFile(root, 'Dockerfile', 'é'.repeat(fileLimitBytes / 2 + 1), save)).rejects.toMatchObject(
      code('file-too-large')
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it('respects a read-only file and a read-only folder', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a', 'b.Dockerfile': 'FROM b' });
    chmodSync(join(root, 'Dockerfile'), 0o444);
    const replace = { revision: null, replace: true };
    await asOrdinaryUser(root, async () => {
      await expect(saveProjectFile(root, 'Dockerfile', 'x', replace)).rejects.toMatchObject(code('file-unwritable'));
      chmodSync(root, 0o555);
      await expect(saveProjectFile(root, 'b.Dockerfile', 'x', replace)).rejects.toMatchObject(code('file-unwritable'));
    });
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM a');
  });

  it.skipIf(process.geteuid?.() !== 0)('keeps the owner if permitted', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a' });
    execFileSync('chown', ['1234:2345', join(root, 'Dockerfile')]);
    await saveProjectFile(root, 'Dockerfile', 'FROM b', { revision: null, replace: true });
    expect(statSync(join(root, 'Dockerfile'))).toMatchObject({ uid: 1234, gid: 2345 });
  });
});
