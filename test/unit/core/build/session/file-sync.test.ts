import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toFileStat } from '#core/build/session/file-sync/to-file-stat.ts';
import { syncFolders, type SyncFolder } from '#core/build/session/file-sync/sync-service.ts';
import { AppError } from '#core/util/app-error.ts';
import { openBelow } from '../../open-below.ts';
import { asOrdinaryUser } from '../../ordinary-user.ts';
import { fillFolder, scratchFolder } from '../../scratch-folder.ts';
import { openTestSession } from './engine-side.ts';
import { encode, requestFiles, type Received, type RequestOptions } from './request-files.ts';

const path = '/moby.filesync.v1.FileSync/DiffCopy';
const folderBit = 2 ** 31;
const linkBit = 2 ** 27;

interface Synced extends Received {
  readonly failures: unknown[];
}

async function sync(root: string, options: RequestOptions = {}, folder: Partial<SyncFolder> = {}): Promise<Synced> {
  const failures: unknown[] = [];
  const method = syncFolders({ context: { root, ...folder } }, (thrown) => failures.push(thrown));
  const { connection } = await openTestSession({ [path]: method });
  return { ...(await requestFiles(connection, path, options)), failures };
}

const pathsOf = ({ stats }: Received): string[] => stats.map((stat) => stat.path);

describe('a folder that is served', () => {
  it('arrives as it is: order, modes, times, links, hard links and contents', async () => {
    const root = scratchFolder({
      'a/x': 'x',
      'a-b': 'ab',
      'a.txt': 'text',
      'größe/日本': 'ü',
      '\uFF5E': '',
      '\u{1F600}': 'y',
      large: 'l'.repeat(3_000_000)
    });
    chmodSync(join(root, 'a-b'), 0o4750);
    chmodSync(join(root, 'a'), 0o1777);
    utimesSync(join(root, 'a.txt'), 1, 1.5);
    linkSync(join(root, 'a.txt'), join(root, 'hard'));
    symlinkSync('größe/日本', join(root, 'link'));
    const received = await sync(root);
    expect(received).toMatchObject({ status: '0', error: null, failures: [] });
    const names = ['a', 'a/x', 'a-b', 'a.txt', 'größe', 'größe/日本', 'hard', 'large', 'link', '\uFF5E', '\u{1F600}'];
    const sorted = names.slice(0, 4).concat(['größe', 'größe/日本', 'hard', 'large', 'link', '\uFF5E', '\u{1F600}']);
    expect(pathsOf(received)).toEqual(sorted);
    const stats = Object.fromEntries(received.stats.map((stat) => [stat.path, stat]));
    expect(stats['a']).toMatchObject({ mode: folderBit + 2 ** 20 + 0o777, size: '0' });
    expect(stats['a-b']).toMatchObject({ mode: 2 ** 23 + 0o750, size: '2', linkname: '' });
    expect(stats['a.txt']).toMatchObject({ modTime: '1500000000', size: '4', linkname: '' });
    expect(stats['hard']).toMatchObject({ linkname: 'a.txt', size: '0' });
    expect(stats['link']).toMatchObject({ mode: linkBit + 0o777, linkname: 'größe/日本' });
    expect(received.contents).toEqual({
      'a/x': 'x',
      'a-b': 'ab',
      'a.txt': 'text',
      'größe/日本': 'ü',
      '\uFF5E': '',
      '\u{1F600}': 'y',
      large: 'l'.repeat(3_000_000)
    });
    expect(openBelow(root)).toEqual([]);
  });

  it('sends the content only of what is requested', async () => {
    const root = scratchFolder({ a: 'a', b: 'b', c: 'c' });
    const received = await sync(root, { needs: (stat) => stat.path === 'b' });
    expect(received.contents).toEqual({ b: 'b' });
  });

  it('leaves out what the engine excludes, and gives folders above what an exception takes back', async () => {
    const root = scratchFolder({ 'a/b/keep': '', 'a/b/drop': '', 'a/c': '', 'ä, "x"': '', z: '' });
    const metadata = {
      'exclude-patterns': ['a', '!a/b/keep', encodeURIComponent('ä, "x"')],
      'exclude-patterns-encoded': '1'
    };
    expect(pathsOf(await sync(root, { metadata }))).toEqual(['a', 'a/b', 'a/b/keep', 'z']);
  });

  it('names as first of a hard link the first that is sent', async () => {
    const root = scratchFolder({ a: 'x' });
    for (const name of ['b', 'c']) linkSync(join(root, 'a'), join(root, name));
    const { stats } = await sync(root, { metadata: { 'exclude-patterns': 'a' } });
    expect(stats.map((stat) => [stat.path, stat.linkname])).toEqual([
      ['b', ''],
      ['c', 'b']
    ]);
  });

  it.each<[string, string[], string[]]>([
    ['a path', ['src/a'], ['src', 'src/a']],
    ['what is not there', ['none', 'src/none/x'], []],
    ['a wildcard', ['*.json'], ['a.json', 'b.json']],
    ['a wildcard below', ['src/*/x'], ['src', 'src/sub', 'src/sub/x']],
    ['a link and where it leads', ['link'], ['link', 'src', 'src/a', 'src/sub', 'src/sub/x']],
    ['a link on the way', ['link/sub/x'], ['link', 'src', 'src/sub', 'src/sub/x']],
    ['a link by a wildcard', ['li?k/a'], ['link', 'src', 'src/a']],
    ['links that lead in a circle', ['circle/x'], ['circle']],
    ['a link out of the folder, as from its top', ['out'], ['a.json', 'out']],
    ['the root', ['.', 'a.json'], ['a.json', 'b.json', 'circle', 'link', 'out', 'src', 'src/a', 'src/sub', 'src/sub/x']]
  ])('follows %s', async (_what, follow, expected) => {
    const root = scratchFolder({ 'src/a': '', 'src/sub/x': '', 'a.json': '', 'b.json': '' });
    symlinkSync('src', join(root, 'link'));
    symlinkSync('circle', join(root, 'circle'));
    symlinkSync('../../a.json', join(root, 'out'));
    expect(pathsOf(await sync(root, { metadata: { followpaths: follow } }))).toEqual(expected);
  });

  it('leaves out sockets and pipes', async () => {
    const root = scratchFolder({ a: '' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer().listen(join(root, 'socket'));
    await once(server, 'listening');
    expect(pathsOf(await sync(root))).toEqual(['a']);
    server.close();
  });

  it('serves by name, and no other folder', async () => {
    const received = await sync(scratchFolder({ a: '' }), { metadata: { 'dir-name': 'constructor' } });
    expect(received).toMatchObject({ status: '5', stats: [], failures: [] });
  });

  it('notifies its listener of what is sent, and of the end', async () => {
    const root = scratchFolder({ a: 'x'.repeat(5000), b: '', c: 'y' });
    const events: (string | number)[] = [];
    const listener = {
      started: () => void events.push('started'),
      sent: (bytes: number) => void events.push(bytes),
      ended: () => void events.push('ended')
    };
    await sync(root, {}, { listener });
    expect(events[0]).toBe('started');
    expect(events.slice(1, -1).sort()).toEqual([1, 5000]);
    expect(events.at(-1)).toBe('ended');
  });
});

describe('a file that cannot be sent', () => {
  it('ends the transfer with our words and the error: shorter', async () => {
    const root = scratchFolder({ log: 'x'.repeat(4_000_000), other: 'y'.repeat(4_000_000) });
    const received = await sync(root, { onPacket: ({ type }) => type === 2 && truncateSync(join(root, 'log'), 10) });
    expect(received.failures).toMatchObject([new AppError('context-file-changed', { file: 'log' })]);
    expect(received).toMatchObject({ status: '2', error: 'log changed while it was being sent' });
    await expect.poll(() => openBelow(root)).toEqual([]);
  });

  it('ends the transfer with our words and the error: gone', async () => {
    const root = scratchFolder({ a: 'x' });
    const received = await sync(root, { onPacket: ({ stat }) => stat != null && rmSync(join(root, 'a')) });
    expect(received.failures).toMatchObject([{ data: { code: 'context-file-changed', file: 'a' } }]);
  });

  it('ends the transfer with our words and the error: not readable, where it is requested', async () => {
    const root = scratchFolder({ a: 'x', secret: 'y' });
    chmodSync(join(root, 'secret'), 0);
    await asOrdinaryUser(root, async () => {
      const received = await sync(root);
      expect(received.failures).toMatchObject([
        { data: { code: 'file-unreadable', file: 'secret', detail: 'EACCES' } }
      ]);
      expect(received.error).toBe('secret could not be read (EACCES)');
      const without = await sync(root, { needs: (stat) => stat.path === 'a' });
      expect(without).toMatchObject({ status: '0', failures: [] });
    });
  });

  it.each([
    ['a folder that is gone', (root: string) => rmSync(root, { recursive: true }), 'project-vanished'],
    [
      'a name that is not UTF-8',
      (root: string) => writeFileSync(Buffer.concat([Buffer.from(`${root}/z`), Buffer.from([0xff])]), ''),
      'file-unreadable'
    ]
  ])('has an error too for %s', async (_what, change, code) => {
    const root = scratchFolder({ a: '' });
    change(root);
    const received = await sync(root);
    expect(received.failures).toMatchObject([{ data: { code } }]);
    expect(received.status).toBe('2');
  });

  it('is not, for a bad pattern: that is the ignore file', async () => {
    const received = await sync(scratchFolder({ a: '' }), { metadata: { 'exclude-patterns': '[' } });
    expect(received.error).toBe('syntax error in pattern');
  });
});

describe('an engine', () => {
  it.each([
    ['requests what was not listed', encode({ type: 1, ID: 7 }), '3'],
    ['requests a folder', encode({ type: 1, ID: 0 }), '3'],
    ['sends what is no packet', Buffer.from([0, 0, 0, 0, 1, 0xff]), '3'],
    ['sends another packet', encode({ type: 2, ID: 0 }), '3'],
    ['gives up', encode({ type: 4, data: Buffer.from('no') }), '2']
  ])('that %s ends the call', async (_what, bytes, status) => {
    let isSent = false;
    const received = await sync(scratchFolder({ 'a/': '' }), {
      onPacket: (_packet, stream) => {
        if (!isSent) stream.write(bytes);
        isSent = true;
      }
    });
    expect(received).toMatchObject({ status, failures: [] });
  });

  it('that requests a file twice ends the call', async () => {
    const received = await sync(scratchFolder({ a: 'x' }), {
      onPacket: ({ stat }, stream) => stat != null && stream.write(encode({ type: 1, ID: 0 }))
    });
    expect(received.status).toBe('3');
  });

  it('that cancels stops the reading and closes the files', async () => {
    const root = scratchFolder();
    for (const name of ['a', 'b', 'c']) fillFolder(root, { [name]: Buffer.alloc(20_000_000) });
    let sentBytes = 0;
    const failures: unknown[] = [];
    let ended: () => void = () => undefined;
    const isEnded = new Promise<void>((resolve) => (ended = resolve));
    const listener = { started: () => undefined, sent: (bytes: number) => void (sentBytes += bytes), ended };
    const method = syncFolders({ context: { root, listener } }, (thrown) => failures.push(thrown));
    const { connection } = await openTestSession({ [path]: method });
    const canceled = requestFiles(connection, path, { onPacket: ({ type }, stream) => type === 2 && stream.close(8) });
    await expect(canceled).rejects.toThrow();
    await isEnded;
    expect(sentBytes).toBeLessThan(30_000_000);
    expect(failures).toEqual([]);
    await expect.poll(() => openBelow(root)).toEqual([]);
  });
});

describe('the stat of an entry', () => {
  const entry = { path: 'a', sizeBytes: 5, modifiedNs: -1n, target: '', inode: null };

  it('has execute bits on Windows, and no others', () => {
    expect(toFileStat({ ...entry, kind: 'file', mode: 0o666 }, null, 'win32').mode).toBe(0o755);
    expect(toFileStat({ ...entry, kind: 'file', mode: 0o6644 }, null, 'linux').mode).toBe(2 ** 23 + 2 ** 22 + 0o644);
  });

  it('has forward slashes in the target of a link of Windows', () => {
    const link = { ...entry, kind: 'symlink' as const, mode: 0o777, target: '..\\b' };
    expect(toFileStat(link, null, 'win32').linkname).toBe('../b');
    expect(toFileStat(link, null, 'linux').linkname).toBe('..\\b');
  });
});
