import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseReference } from '#contract/domain/reference.ts';
import { comparisonReportSchema, type ComparisonReport } from '#contract/schema/comparison.ts';
import { pushImage } from '#core/push/push-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startKeyring } from '../real-parts/start-keyring.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { build } from './run-test-build.ts';
import { buildProgram } from './run-credential-steps.ts';

const program = resolve(import.meta.dirname, '../../scripts/slipway.js');
const home = mkdtempSync(join(tmpdir(), 'slipway-command-'));
const { alice } = users;
let engine: RealEngine;
let registry: RealRegistry;

beforeAll(async () => {
  [engine, registry] = await Promise.all([startEngine(), startRegistry('token')]);
  const client = await connectTo(engine);
  await loadBusybox(engine);
  const options = { tag: 'shop/api:new' };
  const { imageId } = await build(client, 'FROM busybox\nRUN head -c 300000 /dev/urandom > /old\n');
  await build(client, 'FROM busybox\nRUN head -c 100000 /dev/urandom > /new\n', { options });
  const parsed = parseReference(`${registry.host}/alice/api:1`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const request = { engine: client, imageId: imageId ?? '', reference: parsed.reference, login: alice };
  await pushImage(request, { signal: new AbortController().signal, emit: () => undefined });
}, 90_000);
afterAll(async () => {
  await Promise.all([engine.stop(), registry.stop()]);
  rmSync(home, { recursive: true });
}, 30_000);

/** The command as on a build server: no display, and no session bus unless it is given. */
async function compare(args: string[] = [], bus: NodeJS.ProcessEnv = {}): Promise<ComparisonReport> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8', ...bus, DOCKER_HOST: engine.host };
  const images = ['shop/api:new', `docker://${registry.host}/alice/api:1`];
  const command = [program, 'compare', ...images, '--json', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env, cwd: home });
  return comparisonReportSchema.parse(JSON.parse(stdout));
}

it("compares a local image with one in a registry by docker's own login, and fetches only on request", async () => {
  await expect(compare()).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('requires you to sign in') as string
  });
  mkdirSync(join(home, '.docker'));
  const auth = Buffer.from(`${alice.username}:${alice.secret}`).toString('base64');
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
  const [local, remote] = (await compare()).images;
  expect(local).toMatchObject({ compressedBytes: null, deltaBytes: 0 });
  expect(remote).toMatchObject({ sizeBytes: null, deltaBytes: null, fileCount: null });
  expect(remote?.compressedBytes).toBeGreaterThan(300_000);
  const fetched = await compare(['--fetch']);
  expect(fetched.images[1]?.deltaBytes).toBe(200_000);
  expect(fetched.files.map(({ path, changes }) => [path, changes[1]])).toEqual(
    expect.arrayContaining([
      ['/old', 'added'],
      ['/new', 'removed']
    ])
  );
}, 60_000);

it('uses the login that the app saved in the keychain', async () => {
  const [bus, keeper] = await Promise.all([startKeyring(), buildProgram()]);
  try {
    const keeping = spawn(process.execPath, [keeper], {
      env: { ...process.env, ...bus.env },
      stdio: ['pipe', 'pipe', 'inherit']
    });
    keeping.stdin.end(JSON.stringify([{ do: 'signIn', signIn: { registry: registry.host, ...alice } }]));
    expect(JSON.parse(await text(keeping.stdout))).toEqual([expect.objectContaining({ home: 'keychain' })]);
    expect((await compare([], bus.env)).images[1]?.compressedBytes).toBeGreaterThan(300_000);
  } finally {
    await bus.stop();
  }
}, 60_000);
