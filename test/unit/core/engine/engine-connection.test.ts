import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineState } from '#contract/schema/engine.ts';
import { engineStateSchema } from '#contract/schema/engine.ts';
import { EngineConnection } from '#core/engine/engine-connection.ts';
import { createGate } from '../../create-gate.ts';
import { FakeEngine, scratchDir } from './fake-engine.ts';

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let connection: EngineConnection;
let system: FakeEngine;
let podman: FakeEngine;
let states: EngineState[];

beforeEach(async () => {
  scratch = await scratchDir();
  await mkdir(scratch.path('run/podman'), { recursive: true });
  system = new FakeEngine(scratch.path('run/docker.sock'));
  podman = new FakeEngine(scratch.path('run/podman/podman.sock'), {}, 'podman');
  connection = connect();
});
afterEach(async () => {
  await connection.close();
  await system.stop();
  await podman.stop();
  await scratch.remove();
});

function connect(options: { preferredId?: string; env?: NodeJS.ProcessEnv } = {}): EngineConnection {
  const { env = { PATH: '' }, ...rest } = options;
  const made = new EngineConnection({
    environment: { env, homeDir: scratch.path('home'), platform: 'darwin', rootDir: scratch.dir },
    privateDataDir: scratch.path('private'),
    backoff: { firstMs: 5, maxMs: 20 },
    connectLimitMs: 1_000,
    ...rest
  });
  states = [];
  made.subscribe((state) => {
    engineStateSchema.parse(state);
    states.push(state);
  });
  return made;
}

/** Resolves at the next state of that kind. */
function becomes(kind: EngineState['kind']): Promise<EngineState> {
  return new Promise((resolve) => {
    const off = connection.subscribe((state) => {
      if (state.kind !== kind) return;
      off();
      resolve(state);
    });
  });
}

function current(): string {
  const { state } = connection;
  return state.kind === 'connected' || state.kind === 'lost'
    ? `${state.kind} ${state.info.candidate.source}`
    : state.kind;
}

describe('EngineConnection', () => {
  it('reports what was tried when none answers, and connects once one is available', async () => {
    connection = connect({ env: { PATH: '', DOCKER_HOST: `unix://${scratch.path('later.sock')}` } });
    await connection.start();
    expect(connection.state).toMatchObject({
      kind: 'none',
      canStart: [],
      tried: [{ candidate: { source: 'docker-host' }, error: { code: 'engine-unreachable' } }]
    });
    expect(() => connection.client()).toThrow('engine-none');
    const connected = becomes('connected');
    await system.start();
    await connected;
    expect(connection.client().info.candidate.source).toBe('system');
    expect(states.map(({ kind }) => kind)).toEqual(['none', 'connected']);
  });

  it('uses the first of the list, however fast the others are', async () => {
    const [ping, info] = [system.answers['/_ping'], podman.answers['/info']];
    const otherIsThere = createGate();
    system.answers['/_ping'] = (request, response) => void otherIsThere.passed.then(() => ping?.(request, response));
    podman.answers['/info'] = (request, response) => {
      info?.(request, response);
      response.on('finish', otherIsThere.open);
    };
    await system.start();
    await podman.start();
    await connection.start();
    expect(current()).toBe('connected system');
  });

  it('uses the preferred one first, and another while it is unavailable', async () => {
    await system.start();
    await podman.start();
    const podmanId = (await connection.candidates()).find(({ source }) => source === 'podman')?.id ?? '';
    connection = connect({ preferredId: podmanId });
    await connection.start();
    expect(current()).toBe('connected podman');
    await connection.close();
    await podman.stop();
    connection = connect({ preferredId: podmanId });
    await connection.start();
    expect(current()).toBe('connected system');
  });

  it('uses only the chosen one, until changed', async () => {
    await system.start();
    await podman.start();
    await connection.start();
    const podmanId = (await connection.candidates()).find(({ source }) => source === 'podman')?.id ?? '';
    await connection.use(podmanId);
    expect(current()).toBe('connected podman');
    await connection.use(null);
    expect(current()).toBe('connected system');
    podman.answers['/_ping'] = (_request, response) => void response.writeHead(500).end();
    await connection.use(podmanId);
    expect(connection.state).toMatchObject({ kind: 'none', tried: [{ candidate: { source: 'podman' } }] });
    await expect(connection.use('unknown')).rejects.toMatchObject({ data: { code: 'engine-none' } });
  });

  it('reaches an engine by its id, whichever is selected, but a remote one only once it was selected', async () => {
    const meta = { Name: 'far', Endpoints: { docker: { Host: 'tcp://127.0.0.1:1' } } };
    const folder = `home/.docker/contexts/meta/${createHash('sha256').update('far').digest('hex')}`;
    await mkdir(scratch.path(folder), { recursive: true });
    await writeFile(scratch.path(`${folder}/meta.json`), JSON.stringify(meta));
    await system.start();
    await podman.start();
    await connection.start();
    const idOf = async (name: string): Promise<string> =>
      (await connection.candidates()).find(({ source }) => source === name)?.id ?? '';
    const sourceOf = async (engineId: string | null): Promise<string> =>
      (await connection.clientOf(engineId)).info.candidate.source;
    expect(await sourceOf(null)).toBe('system');
    expect(await sourceOf(await idOf('system'))).toBe('system');
    expect(await sourceOf(await idOf('podman'))).toBe('podman');
    // Its setting is gone: the same engine may have another address.
    expect(await sourceOf('gone')).toBe('system');
    const far = await idOf('context');
    await expect(connection.clientOf(far)).rejects.toMatchObject({
      data: { code: 'engine-not-selected', engine: 'far', engineId: far }
    });
    await system.stop();
    expect(await sourceOf(await idOf('podman'))).toBe('podman');
  });

  it('reports a lost engine at once, waits for only that one, and reconnects', async () => {
    await system.start();
    await podman.start();
    await connection.start();
    const lost = becomes('lost');
    await system.stop();
    await lost;
    expect(() => connection.client()).toThrow('engine-lost');
    const back = becomes('connected');
    await system.start();
    await back;
    expect(current()).toBe('connected system');
  });

  it('tries all again on retry while one is lost', async () => {
    await system.start();
    await podman.start();
    await connection.start();
    const lost = becomes('lost');
    await system.stop();
    await lost;
    await connection.retry();
    expect(current()).toBe('connected podman');
  });

  it('sends no requests while connected but keeps the event stream open', async () => {
    await system.start();
    const watched = new Promise<void>((resolve) => {
      system.answers['/events'] = (_request, response) => {
        response.flushHeaders();
        resolve();
      };
    });
    await connection.start();
    await watched;
    const requestCount = system.requests.length;
    await connection.retry();
    expect(system.requests).toHaveLength(requestCount);
    expect(system.requests.at(-1)?.url).toBe('/v1.51/events?filters=%7B%22type%22%3A%5B%22image%22%5D%7D');
  });

  it('reports image events until unsubscribed', async () => {
    let send: (event: object) => void = () => undefined;
    const watched = new Promise<void>((resolve) => {
      system.answers['/events'] = (_request, response) => {
        send = (event) => void response.write(`${JSON.stringify(event)}\n`);
        response.flushHeaders();
        resolve();
      };
    });
    await system.start();
    await connection.start();
    await watched;
    const changed = new Promise<void>((resolve) => {
      const off = connection.onImageChange(() => {
        off();
        resolve();
      });
    });
    send({ Type: 'container', Action: 'start' });
    send({ Type: 'image', Action: 'tag' });
    await changed;
  });

  it('stays connected if events end or are refused and the engine still answers', async () => {
    let times = 0;
    const again = new Promise<void>((resolve) => {
      system.answers['/events'] = (_request, response) => {
        times += 1;
        if (times < 3) response.end();
        else {
          response.flushHeaders();
          resolve();
        }
      };
    });
    await system.start();
    await connection.start();
    await again;
    expect(states.map(({ kind }) => kind)).toEqual(['connected']);
  });

  it('follows the last of several requests at once, and never searches twice', async () => {
    await system.start();
    await podman.start();
    const before = openThings();
    const podmanId = (await connection.candidates()).find(({ source }) => source === 'podman')?.id ?? '';
    await Promise.all([connection.start(), connection.use(null), connection.retry(), connection.use(podmanId)]);
    expect(current()).toBe('connected podman');
    await connection.close();
    await leavesOnly(before);
  });

  it('leaves nothing behind when closed: connected, lost, none or searching', async () => {
    const before = openThings();
    for (const when of ['connected', 'lost', 'none', 'searching'] as const) {
      connection = connect();
      if (when === 'connected' || when === 'lost') await system.start();
      const starting = connection.start();
      if (when !== 'searching') await starting;
      if (when === 'lost') {
        const lost = becomes('lost');
        await system.stop();
        await lost;
      }
      await connection.close();
      await starting;
      await leavesOnly(before, when === 'connected' ? 1 : 0);
      await system.stop();
    }
  });
});

function count(kind: 'PipeWrap' | 'Timeout'): number {
  return process.getActiveResourcesInfo().filter((name) => name === kind).length;
}

function openThings(): { pipes: number; timers: number } {
  return { pipes: count('PipeWrap'), timers: count('Timeout') };
}

/**
 * Waits until no more pipes are open than before (and the fake's own), as both ends must notice the close; then counts
 * timers.
 */
async function leavesOnly(before: { pipes: number; timers: number }, listening = 0): Promise<void> {
  await vi.waitFor(() => expect(count('PipeWrap')).toBeLessThanOrEqual(before.pipes + listening));
  await vi.waitFor(() => expect(system.sockets.size + podman.sockets.size).toBe(0));
  await new Promise(setImmediate);
  expect(count('Timeout')).toBeLessThanOrEqual(before.timers);
}
