import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineState } from '#contract/schema/engine.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { EngineConnection } from '#core/engine/engine-connection.ts';
import { toDiscoveredEngine } from '#core/engine/discovered-engine.ts';
import { startPrivateEngine } from '#core/engine/private-engine.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { isAlive } from '../real-parts/process.ts';

const withoutNetwork = ['--bridge=none', '--iptables=false', '--ip6tables=false'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slip-'));
});
afterEach(() => {
  for (const mountPoint of listMountsBelow(folder)) execFileSync('umount', ['-l', mountPoint]);
  rmSync(folder, { recursive: true, force: true });
});

/** Inside another overlay no engine can use overlay2. */
function driver(name: 'dockerd' | 'podman'): string[] {
  const type = execFileSync('stat', ['-f', '-c', '%T', tmpdir()], { encoding: 'utf8' }).trim();
  return type.startsWith('overlay') || name === 'podman' ? ['--storage-driver=vfs'] : [];
}

function listMountsBelow(dir: string): string[] {
  const mountPoints = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  return mountPoints.filter((mountPoint) => mountPoint.startsWith(`${dir}/`)).reverse();
}

function connectionTo(env: NodeJS.ProcessEnv, privateArgs: string[] = []): EngineConnection {
  return new EngineConnection({
    environment: { env: { PATH: process.env['PATH'], ...env }, homeDir: folder, platform: 'linux', rootDir: folder },
    privateDataDir: join(folder, 'engine'),
    backoff: { firstMs: 50, maxMs: 200 },
    privateArgs
  });
}

function becomes(connection: EngineConnection, kind: EngineState['kind']): Promise<EngineState> {
  return new Promise((resolve) => {
    const off = connection.subscribe((state) => {
      if (state.kind !== kind) return;
      off();
      resolve(state);
    });
  });
}

describe('a real dockerd', () => {
  let engine: RealEngine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  it('is connected, lost at once when killed, and connected again when it is back', async () => {
    const connection = connectionTo({ DOCKER_HOST: engine.host });
    try {
      await connection.start();
      expect(connection.state).toMatchObject({
        kind: 'connected',
        info: { product: 'Docker', buildkit: true, apiVersion: '1.41', candidate: { source: 'docker-host' } }
      });
      const from = Date.now();
      const lostAfterMs = becomes(connection, 'lost').then(() => Date.now() - from);
      await Promise.all([engine.kill(), lostAfterMs]);
      expect(await lostAfterMs).toBeLessThan(1_000);
      const back = becomes(connection, 'connected');
      await engine.start();
      await back;
      expect(await connection.client().json({ method: 'GET', path: '/images/json' })).toEqual([]);
    } finally {
      await connection.close();
    }
  });

  it('reports an added image', async () => {
    const connection = connectionTo({ DOCKER_HOST: engine.host });
    try {
      await connection.start();
      const changed = new Promise<void>((resolve) => void connection.onImageChange(resolve));
      const query = { fromSrc: '-', repo: 'made', tag: '1' };
      const archive = execFileSync('tar', ['-c', '-C', folder, '.']);
      const body = Readable.from([archive], { objectMode: false });
      const client = connection.client();
      await client.json({ method: 'POST', path: '/images/create', query, body });
      await changed;
      await client.json({ method: 'DELETE', path: '/images/made:1' });
    } finally {
      await connection.close();
    }
  });

  it("reports errors with the engine's own message", async () => {
    const target = { kind: 'socket', socketPath: engine.socketPath } as const;
    const client = await connectEngine(toDiscoveredEngine('system', 'Docker', target));
    await expect(client.json({ method: 'GET', path: '/images/none:1/json' })).rejects.toMatchObject({
      data: { code: 'image-not-found', reference: 'none:1' }
    });
    // Rejected before the context is read: the error is the rejection, not the broken pipe.
    const body = Readable.from(
      Array.from({ length: 64 }, () => Buffer.alloc(1024 * 1024)),
      { objectMode: false }
    );
    await expect(
      client.json({ method: 'POST', path: '/build', query: { t: 'BAD::name' }, body })
    ).rejects.toMatchObject({ data: { code: 'engine-failed', status: 500 } });
  });
});

describe.each(['dockerd', 'podman'] as const)('a private %s', (program) => {
  const extraArgs = [...(program === 'dockerd' ? withoutNetwork : []), ...driver(program)];

  it('starts, is found again after a crash of ours, and ends with all its processes', async () => {
    const options = { program, dataDir: folder, env: process.env, extraArgs };
    const engine = await startPrivateEngine(options);
    const again = await startPrivateEngine(options);
    expect(again.pid).toBe(engine.pid);
    const client = await connectEngine(again.found);
    expect(client.info).toMatchObject({
      product: program === 'podman' ? 'Podman' : 'Docker',
      buildkit: program === 'dockerd',
      candidate: { source: 'private' }
    });
    await again.stop();
    expect(isAlive(engine.pid)).toBe(false);
    expect(commandLinesWith(folder)).toEqual([]);
    expect(existsSync(client.info.candidate.address.replace('unix://', ''))).toBe(false);
  });

  it('starts over a stale pid file and a stale socket', async () => {
    const options = { program, dataDir: folder, env: process.env, extraArgs };
    const first = await startPrivateEngine(options);
    process.kill(first.pid, 'SIGKILL');
    const second = await startPrivateEngine(options);
    expect(second.pid).not.toBe(first.pid);
    await second.stop();
    expect(commandLinesWith(folder)).toEqual([]);
  });

  it('is offered, chosen, and stopped with the connection', async () => {
    const connection = connectionTo({}, extraArgs);
    await connection.start();
    expect(connection.state).toMatchObject({ kind: 'none', canStart: ['dockerd', 'podman'] });
    const starting = becomes(connection, 'starting');
    await Promise.all([connection.startPrivate(program), starting]);
    expect(connection.state).toMatchObject({ kind: 'connected', info: { candidate: { source: 'private' } } });
    await connection.close();
    expect(commandLinesWith(folder)).toEqual([]);
  });

  it('reports why it cannot start, and others are tried again', async () => {
    const connection = connectionTo({}, ['--no-such-flag']);
    await connection.start();
    const error: unknown = await connection.startPrivate(program).catch((error: unknown) => error);
    expect(error).toMatchObject({ data: { code: 'engine-start-failed', program } });
    expect(error).toHaveProperty('data.detail', expect.stringContaining('no-such-flag') as string);
    expect(connection.state.kind).toBe('none');
    await connection.close();
    expect(commandLinesWith(folder)).toEqual([]);
  });

  it('stops during its start when the app ends', async () => {
    const connection = connectionTo({}, extraArgs);
    await connection.start();
    const starting = becomes(connection, 'starting');
    const result = connection.startPrivate(program).catch((error: unknown) => error);
    await starting;
    await connection.close();
    await result;
    expect(commandLinesWith(folder)).toEqual([]);
  });
});

/** The processes whose command line contains this folder: none may be left of a stopped engine. */
function commandLinesWith(dir: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(`${dir}/`));
}
