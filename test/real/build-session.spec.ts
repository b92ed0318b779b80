import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseReference } from '#contract/domain/reference.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { pushImage } from '#core/push/push-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { newerEngine, startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { openBelow } from '../unit/core/open-below.ts';
import { fillFolder } from '../unit/core/scratch-folder.ts';
import { build, type BuildOutcome } from './run-test-build.ts';

const engines = [
  { name: "this system's engine", exists: true, options: {} },
  { name: "Debian trixie's engine", exists: newerEngine('trixie') !== null, options: { release: 'trixie' } },
  { name: "Debian sid's engine", exists: newerEngine('sid') !== null, options: { release: 'sid' } },
  {
    name: "Debian sid's engine with the containerd store",
    exists: newerEngine('sid') !== null,
    options: { release: 'sid', containerdStore: true }
  }
] as const;

/** The engines differ in what they request, not in what Node's version changes: on the newer Node two of them suffice. */
const isNewerNode = Number.parseInt(process.versions.node, 10) > 22;
const testedEngines = isNewerNode ? [engines[0], engines[3]] : engines;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-session-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const logOf = ({ snapshot }: BuildOutcome, line: number): string[] | undefined =>
  snapshot.logs[snapshot.steps.find((step) => step.line === line)?.id ?? '']?.lines;
const statusOf = ({ snapshot }: BuildOutcome, line: number): string | undefined =>
  snapshot.steps.find((step) => step.line === line)?.status;

describe.each(testedEngines)('$name', ({ exists, options }) => {
  let engine: RealEngine;
  let client: EngineClient;
  let registry: RealRegistry;

  beforeAll(async () => {
    if (!exists) return;
    [engine, registry] = await Promise.all([startEngine(options), startRegistry('htpasswd')]);
    await loadBusybox(engine);
    client = await connectTo(engine);
  });
  afterAll(async () => {
    if (exists) await Promise.all([engine.stop(), registry.stop()]);
  });

  it.skipIf(!exists)('gets a login and files that it first needs after 15 seconds', async () => {
    const base = `${registry.host}/${users.bob.username}/late:1`;
    const reference = parseReference(base);
    if (!reference.ok) throw new Error(reference.reason);
    const imageId = await engine.docker('image', 'inspect', '-f', '{{.Id}}', 'busybox');
    const job = { signal: new AbortController().signal, emit: () => undefined };
    await pushImage({ engine: client, imageId, reference: reference.reference, login: users.bob }, job);
    await engine.docker('rmi', base);
    const waited = build(client, 'FROM busybox\nRUN sleep 15\n', { options: { tag: 'wait:1' } });
    const { error } = await build(client, `FROM ${base}\nCOPY a.txt /a.txt\n`, {
      files: { 'a.txt': 'a' },
      loginFor: async () => {
        await waited;
        return users.bob;
      }
    });
    expect((await waited).error).toBeNull();
    expect(error).toBeNull();
  });

  it.skipIf(!exists)('sees no Dockerfile that is ignored, and caches COPY when only that changes', async () => {
    fillFolder(root, { '.dockerignore': 'Dockerfile\n.dockerignore\n', 'src/a.txt': 'a' });
    const text = 'FROM busybox\nWORKDIR /app\nCOPY ./ ./\nRUN find . | sort\n';
    const first = await build(client, text, { root });
    expect(first.error).toBeNull();
    expect(logOf(first, 4)).toEqual(['.', './src', './src/a.txt']);
    const again = await build(client, `${text}# changed\n`, { root });
    expect(statusOf(again, 3)).toBe('cached');
    const copied = await build(client, 'FROM busybox\nCOPY Dockerfile /\n', { root });
    expect(copied.error).toEqual({ code: 'build-file-not-found', path: 'Dockerfile', line: 2 });
  });

  it.skipIf(!exists)('builds from a Dockerfile outside of the context, with its own ignore file', async () => {
    const context = join(root, 'context');
    fillFolder(root, { 'docker/App.Dockerfile.dockerignore': '*.log', 'context/a': '', 'context/b.log': '' });
    const built = await build(client, 'FROM busybox\nCOPY . /app\nRUN ls /app\n', {
      root: context,
      dockerfile: '../docker/App.Dockerfile'
    });
    expect(built.error).toBeNull();
    expect(logOf(built, 3)).toEqual(['a']);
  });

  it.skipIf(!exists)('distinguishes Dockerfiles with the same name, size and time', async () => {
    const [one, two] = ['one', 'two'].map((name) => `FROM busybox\nRUN echo ${name}\n`) as [string, string];
    const time = new Date('2020-01-01');
    for (const [folder, text] of Object.entries({ a: one, b: two })) {
      fillFolder(root, { [`${folder}/Dockerfile`]: text });
      utimesSync(join(root, folder, 'Dockerfile'), time, time);
    }
    const logs: unknown[] = [];
    for (const folder of ['a', 'b']) {
      const settings = { root, dockerfile: `${folder}/Dockerfile`, writesDockerfile: false };
      logs.push(logOf(await build(client, folder === 'a' ? one : two, settings), 2));
    }
    expect(logs).toEqual([['one'], ['two']]);
  });

  it.skipIf(!exists)('gets names of all kinds, modes, links and hard links as they are', async () => {
    const names = ['a-b', 'a.txt', 'größe', '日本 語', '\uFF5Ex', '\u{1F600}', 'a b+c%d', '#x', '!y', 'comma, quote"'];
    fillFolder(root, {
      ...Object.fromEntries(names.map((name) => [`app/${name}`, name])),
      'app/a/x': 'x',
      'app/empty/': '',
      'app/kein-größe.log': '',
      'app/run': '#!/bin/sh',
      '.dockerignore': '**/kein-gr*e.log\nother größe'
    });
    linkSync(join(root, 'app/a.txt'), join(root, 'app/z-hard'));
    symlinkSync('a/x', join(root, 'app/link'));
    execute(`chmod 4755 app/run && touch -d '2001-02-03 04:05:06.123456789' app/run`);
    const text = [
      'FROM busybox',
      'COPY app /app',
      'RUN cd /app && find . | LC_ALL=C sort',
      'RUN cd /app && stat -c "%a %u:%g %Y" run && readlink link && [ "$(stat -c %i a.txt)" = "$(stat -c %i z-hard)" ] && echo same',
      ''
    ].join('\n');
    const built = await build(client, text, { root });
    expect(built.error).toBeNull();
    const listed = ['', ...names.map((name) => `/${name}`), '/a', '/a/x', '/empty', '/link', '/run', '/z-hard'];
    const sorted = listed.map((path) => Buffer.from(`.${path}`)).sort((a, b) => Buffer.compare(a, b));
    expect(logOf(built, 3)).toEqual(sorted.map(String));
    expect(logOf(built, 4)).toEqual(['4755 0:0 981173106', 'a/x', 'same']);
  });

  it.skipIf(!exists)('follows the links on the way of what is copied, and matches wildcards', async () => {
    fillFolder(root, { 'real/deep/file': 'x', 'one.json': '', 'two.json': '', 'x/three.json': '', other: '' });
    symlinkSync('real', join(root, 'link'));
    symlinkSync('/real/deep', join(root, 'absolute'));
    const text = 'FROM busybox\nCOPY *.json link/deep/file absolute/file /app/\nRUN ls /app\n';
    const built = await build(client, text, { root });
    expect(built.error).toBeNull();
    expect(logOf(built, 3)).toEqual(['file', 'one.json', 'two.json']);
  });

  it.skipIf(!exists)('takes thousands of patterns', async () => {
    const patterns = Array.from({ length: 4000 }, (_, index) => `no/${index}/*`);
    fillFolder(root, { '.dockerignore': patterns.join('\n'), 'no/3999/x': '', 'no/4000/y': '' });
    const built = await build(client, 'FROM busybox\nCOPY . /app\nRUN find /app/no -type f\n', { root });
    expect(built.error).toBeNull();
    expect(logOf(built, 3)).toEqual(['/app/no/4000/y']);
  });

  it.skipIf(!exists)(
    'gets 10,000 files, and on the next build only the one that changed',
    async () => {
      for (let folder = 0; folder < 100; folder++) {
        mkdirSync(join(root, `app/${folder}`), { recursive: true });
        for (let file = 0; file < 100; file++)
          writeFileSync(join(root, `app/${folder}/${file}`), `${folder}/${file}\n`);
      }
      const text = 'FROM busybox\nCOPY . /app\nRUN find /app -type f | wc -l && cat /app/app/42/42\n';
      const first = await build(client, text, { root });
      expect(first.error).toBeNull();
      expect(logOf(first, 3)).toEqual(['10001', '42/42']);
      writeFileSync(join(root, 'app/42/42'), 'changed\n');
      const second = await build(client, text, { root });
      expect(logOf(second, 3)).toEqual(['10001', 'changed']);
      expect(second.snapshot.context?.totalBytes).toBe(second.snapshot.context?.sentBytes);
      // The Dockerfile is written again by each of these builds.
      expect(second.snapshot.context?.sentBytes).toBe('changed\n'.length + text.length);
    },
    300_000
  );

  it.skipIf(!exists)('requests nothing of the context for a build that copies nothing', async () => {
    fillFolder(root, { a: 'x' });
    const { error, snapshot } = await build(client, 'FROM busybox\nRUN true\n', { root });
    expect(error).toBeNull();
    const { sentBytes = 0, totalBytes = 0 } = snapshot.context ?? {};
    expect([sentBytes, totalBytes]).toEqual([0, 0]);
  });

  it.skipIf(!exists)(
    'reports a file that becomes shorter while it is sent, and one whose name is not UTF-8',
    async () => {
      writeFileSync(join(root, 'log'), '');
      truncateSync(join(root, 'log'), 256 * 1024 * 1024);
      const text = 'FROM busybox\nCOPY log /\n';
      const changed = await build(client, text, {
        root,
        onEvent: (event) => {
          if (event.kind === 'context' && event.sentBytes > 0) truncateSync(join(root, 'log'), 1000);
        }
      });
      expect(changed.error).toEqual({ code: 'context-file-changed', file: 'log' });
      expect(openBelow(root)).toEqual([]);
      rmSync(join(root, 'log'));
      writeFileSync(Buffer.concat([Buffer.from(`${root}/log`), Buffer.from([0xff])]), '');
      const unnamed = await build(client, 'FROM busybox\nCOPY . /\n', { root });
      expect(unnamed.error).toMatchObject({ code: 'file-unreadable', file: 'log\uFFFD' });
    }
  );

  it.skipIf(!exists)('stops reading when the build is canceled, and builds again right after', async () => {
    fillFolder(root, { small: 'x' });
    for (const name of ['a', 'b', 'c']) {
      writeFileSync(join(root, name), '');
      truncateSync(join(root, name), 1024 * 1024 * 1024);
    }
    const cancel = new AbortController();
    const canceled = await build(client, 'FROM busybox\nCOPY . /app\n', {
      root,
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.kind === 'context' && event.sentBytes > 1024 * 1024) cancel.abort();
      }
    });
    expect(canceled.error).toBe('cancelled');
    await expect.poll(() => openBelow(root)).toEqual([]);
    const again = await build(client, 'FROM busybox\nCOPY small /small\n', { root });
    expect(again.error).toBeNull();
  });

  function execute(script: string): void {
    execFileSync('sh', ['-c', script], { cwd: root });
  }
});
