import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import { packContext } from '#core/context/pack-context.ts';
import { openBelow } from '../open-below.ts';
import { asOrdinaryUser } from '../ordinary-user.ts';
import { fillFolder, scratchFolder } from '../scratch-folder.ts';

/** Unpacks with GNU tar, which refuses a tar that is not whole. */
async function unpack(stream: Readable): Promise<string> {
  const folder = scratchFolder();
  execFileSync('tar', ['-xpf', '-', '-C', folder], { input: await buffer(stream) });
  return folder;
}

async function list(stream: Readable): Promise<string> {
  return execFileSync('tar', ['--numeric-owner', '-tvf', '-'], { input: await buffer(stream), encoding: 'utf8' });
}

describe('packContext', () => {
  it('gives a tar that GNU tar unpacks to the same folder', async () => {
    const long = `${'long-folder-name/'.repeat(12)}file`;
    const root = scratchFolder({
      Dockerfile: 'FROM scratch\n',
      'run.sh': '#!/bin/sh\n',
      empty: '',
      'empty-folder/': '',
      [long]: 'deep',
      'größe/日本 語.txt': 'ünï',
      exact: 'x'.repeat(512),
      large: Buffer.alloc(3_000_001, 7)
    });
    chmodSync(join(root, 'run.sh'), 0o755);
    chmodSync(join(root, 'empty-folder'), 0o700);
    symlinkSync('run.sh', join(root, 'link'));
    symlinkSync('x'.repeat(200), join(root, 'long-link'));
    linkSync(join(root, 'large'), join(root, 'hard'));
    utimesSync(join(root, 'run.sh'), 1_600_000_000, 1_600_000_000);
    const folder = await unpack(await packContext({ root, dockerfile: 'Dockerfile' }));
    expect(execFileSync('diff', ['-r', '--no-dereference', root, folder], { encoding: 'utf8' })).toBe('');
    expect(lstatSync(join(folder, 'run.sh')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(folder, 'empty-folder')).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(folder, 'run.sh')).mtimeMs).toBe(1_600_000_000_000);
    expect(await list(await packContext({ root, dockerfile: 'Dockerfile' }))).toMatch(/^-rwxr-xr-x 0\/0 .* run\.sh$/m);
  });

  it('takes times that a tar header cannot hold', async () => {
    const root = scratchFolder({ ancient: '', future: '' });
    utimesSync(join(root, 'ancient'), new Date('1950-01-01'), new Date('1950-01-01'));
    utimesSync(join(root, 'future'), new Date('2100-01-01'), new Date('2100-01-01'));
    const text = await list(await packContext({ root, dockerfile: null }));
    expect(text).toMatch(/1970-01-01 .* ancient\n.* 2038-01-19 .* future\n/);
  });

  it('is the same each time, in order, and reports what was sent', async () => {
    const root = scratchFolder({ 'b/2': 'x', 'b/1': 'y', a: 'z'.repeat(300_000), Dockerfile: '' });
    const reported: number[] = [];
    const first = await buffer(
      await packContext({ root, dockerfile: 'Dockerfile', onProgress: (sent) => reported.push(sent) })
    );
    const second = await buffer(await packContext({ root, dockerfile: 'Dockerfile' }));
    expect(first.equals(second)).toBe(true);
    expect(reported.at(-1)).toBe(first.length);
    expect(reported.length).toBeGreaterThan(1);
    expect([...reported].sort((a, b) => a - b)).toEqual(reported);
    expect(first.length % 512).toBe(0);
  });

  it('leaves out sockets and pipes, and says so', async () => {
    const root = scratchFolder({ a: '' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer().listen(join(root, 'socket'));
    await once(server, 'listening');
    const skipped: string[] = [];
    const names = await list(await packContext({ root, dockerfile: null, onSkipped: (path) => skipped.push(path) }));
    server.close();
    expect(skipped).toEqual(['pipe', 'socket']);
    expect(names.trim().split('\n')).toHaveLength(1);
  });

  it('fails rather than leave out a file that it may not read', async () => {
    const root = scratchFolder({ a: 'x', secret: 'y' });
    chmodSync(join(root, 'secret'), 0o000);
    await asOrdinaryUser(root, async () => {
      const stream = await packContext({ root, dockerfile: null });
      await expect(buffer(stream)).rejects.toMatchObject({
        data: { code: 'file-unreadable', file: 'secret', detail: 'EACCES' }
      });
    });
  });

  it('packs a file that grows while it is read up to the size that it had', async () => {
    const root = scratchFolder({ log: Buffer.alloc(4_000_000, 1) });
    const stream = await packContext({ root, dockerfile: null });
    await once(stream, 'readable');
    writeFileSync(join(root, 'log'), Buffer.alloc(1_000_000, 2), { flag: 'a' });
    const folder = await unpack(stream);
    expect(readFileSync(join(folder, 'log')).equals(Buffer.alloc(4_000_000, 1))).toBe(true);
  });

  it('fails for a file that shrinks while it is read, and closes it', async () => {
    const root = scratchFolder({ log: Buffer.alloc(8_000_000, 1), other: Buffer.alloc(1_000_000) });
    const stream = await packContext({ root, dockerfile: null });
    await once(stream, 'readable');
    truncateSync(join(root, 'log'), 10);
    await expect(buffer(stream)).rejects.toMatchObject({ data: { code: 'context-file-changed', file: 'log' } });
    await expect.poll(() => openBelow(root)).toEqual([]);
  });

  it('reads no further than the reader takes it', async () => {
    const root = scratchFolder();
    for (let index = 0; index < 40; index++) fillFolder(root, { [`f${index}`]: Buffer.alloc(2_000_000) });
    let sent = 0;
    const stream = await packContext({ root, dockerfile: null, onProgress: (bytes) => (sent = bytes) });
    await once(stream, 'readable');
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBeLessThan(4_000_000);
    stream.destroy();
    await once(stream, 'close');
    await expect.poll(() => openBelow(root)).toEqual([]);
  });

  it('ends with Cancelled at any moment, closing every file', async () => {
    const root = scratchFolder({ a: Buffer.alloc(30_000_000), b: Buffer.alloc(3_000_000) });
    const early = AbortSignal.abort();
    await expect(packContext({ root, dockerfile: null, signal: early }).then(buffer)).rejects.toBeInstanceOf(Cancelled);
    const abort = new AbortController();
    const stream = await packContext({
      root,
      dockerfile: null,
      signal: abort.signal,
      onProgress: (sent) => sent > 1_000_000 && abort.abort()
    });
    await expect(buffer(stream)).rejects.toBeInstanceOf(Cancelled);
    await expect.poll(() => openBelow(root)).toEqual([]);
  });

  it('fails before it starts where the folder is gone', async () => {
    const root = join(scratchFolder(), 'gone');
    await expect(packContext({ root, dockerfile: null })).rejects.toMatchObject({ data: { code: 'project-vanished' } });
  });

  it('packs five thousand small files', async () => {
    const root = scratchFolder();
    for (let index = 0; index < 5000; index++) writeFileSync(join(root, `${index}.txt`), `${index}`);
    const tar = await buffer(await packContext({ root, dockerfile: null }));
    expect(tar.length).toBe(5000 * 1024 + 1024);
  });
});
