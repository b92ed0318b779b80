import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packContext } from '#core/context/pack-context.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { fillFolder } from '../unit/core/scratch-folder.ts';

/** .dockerignore files with every feature in Docker's documentation. */
const patterns = [
  '',
  'a\n!a/b/keep.md',
  '*\n!src',
  '**/*.md\n!README.md',
  'node_modules/\nbuild/',
  '/build\n./docs',
  'foo?',
  'foo[12]',
  '!nothing\na/*/c',
  'sp ace.txt\n\\[x\\].txt',
  '# c\n  .env  \n\n**',
  '**\n!a/b/**',
  'a/**\n!a/b',
  '*/*.md\n',
  '..\n../x\na/../build',
  'README*\n!README.md\n',
  '.git*',
  'Dockerfile*\n.dockerignore'
];

let engine: RealEngine;
let root: string;

beforeAll(async () => {
  engine = await startEngine();
  root = mkdtempSync(join(tmpdir(), 'slipway-context-'));
  const files = [
    ...[
      '.env',
      '.git/HEAD',
      '.gitignore',
      'README.md',
      'README-x.md',
      'foo1',
      'foo2',
      'foo33',
      'sp ace.txt',
      '[x].txt'
    ],
    ...['a/b/keep.md', 'a/b/c/deep.ts', 'a/x/c/y', 'a/top.md', 'build/out.js', 'docs/index.md', 'src/lib/a.ts'],
    ...['src/lib/a.test.ts', 'src/index.ts', 'node_modules/p/index.js', 'größe/日本.txt', 'empty/']
  ];
  fillFolder(root, Object.fromEntries(files.map((path) => [path, path])));
  fillFolder(root, { Dockerfile: 'FROM scratch\nCOPY . /context/\nCMD ["none"]\n' });
  symlinkSync('README.md', join(root, 'link'));
});

afterAll(async () => {
  await engine.stop();
  rmSync(root, { recursive: true });
});

/** Builds from a context sent on stdin, in the same way as our own. */
async function buildFrom(context: Readable, tag: string): Promise<void> {
  const args = ['-H', engine.host, 'build', '--no-cache', '-q', '-t', tag, '-'];
  const child = spawn('docker', args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, DOCKER_BUILDKIT: '0' }
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await pipeline(context, child.stdin);
  expect(await ended).toBe(0);
}

/** The files of the context in an image, with modes, owners and sizes but without times. */
async function contentOf(tag: string): Promise<string[]> {
  const container = (await engine.docker('create', tag)).trim();
  const tar = join(root, '..', `${container}.tar`);
  await engine.docker('export', '-o', tar, container);
  await engine.docker('rm', container);
  const child = spawn('tar', ['--numeric-owner', '-tvf', tar], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  rmSync(tar);
  const lines = text.split('\n').filter((line) => line.includes(' context/'));
  return lines.map((line) => line.replace(/ \d{4}-\d\d-\d\d \d\d:\d\d /, ' ')).sort();
}

describe('the context that we send', () => {
  it.each(patterns)('equals the context of the docker CLI for %j', async (text) => {
    writeFileSync(join(root, '.dockerignore'), text);
    await engine.docker('build', '--no-cache', '-q', '-t', 'cli:1', root);
    await buildFrom(await packContext({ root, dockerfile: 'Dockerfile' }), 'ours:1');
    const ours = await contentOf('ours:1');
    expect(ours).toEqual(await contentOf('cli:1'));
    expect(ours.length).toBeGreaterThan(0);
  });
});
