import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { toDiscoveredEngine } from '#core/engine/discovered-engine.ts';
import { inspectImage } from '#core/images/inspect-image.ts';
import { loadBusyboxForPodman } from '../real-parts/base-images.ts';
import { startPodman, type RealPodman } from '../real-parts/start-podman.ts';
import { waitUntil } from '../real-parts/process.ts';
import { build, processesRunning } from './run-test-build.ts';

let podman: RealPodman;
let engine: EngineClient;

beforeAll(async () => {
  podman = await startPodman();
  loadBusyboxForPodman(podman);
  engine = await connectEngine(
    toDiscoveredEngine('podman', 'Podman', { kind: 'socket', socketPath: podman.socketPath })
  );
});
afterAll(() => podman.stop());

const text =
  'FROM busybox AS one\nRUN echo made > /x\nFROM busybox\nCOPY --from=one /x /x\nRUN echo done\nCMD ["sh"]\n';

describe('Podman', () => {
  it('builds with its classic builder, and reports which line created which layer', async () => {
    const { snapshot, imageId, error } = await build(engine, text);
    expect(error).toBeNull();
    expect(snapshot.builder).toBe('classic');
    expect(snapshot.steps.map((step) => [step.line, step.status])).toEqual(
      [1, 2, 3, 4, 5, 6].map((line) => [line, 'done'])
    );
    expect(Object.values(snapshot.logs).map((log) => log.lines)).toEqual([['done']]);

    const builtFrom = { dockerfileText: text, target: null, buildArgs: {}, stepLines: [] };
    const detail = await inspectImage(engine, imageId ?? '', { builtFrom });
    expect(detail.history.at(0)?.origin).toBe('base');
    expect(detail.history.slice(-3).map((row) => row.line)).toEqual([4, 5, 6]);
    expect(detail.joinExact).toBe(true);
  });

  it('uses its cache the second time', async () => {
    const { snapshot } = await build(engine, text);
    expect(snapshot.steps.filter((step) => step.status === 'cached').map((step) => step.line)).toEqual([2, 4, 5, 6]);
  });

  it.each([
    [
      'a RUN that fails',
      'FROM busybox\nRUN echo no; exit 3\n',
      { code: 'build-step-failed', line: 2, exitCode: 3, lastLines: ['no'] }
    ],
    ['a syntax error', 'FROM busybox\nRUNN foo\n', { code: 'dockerfile-syntax', line: 2 }],
    [
      'a file that is missing',
      'FROM busybox\nCOPY nofile /x\n',
      { code: 'build-file-not-found', path: 'nofile', line: 2 }
    ]
  ])('reports %s', async (_what, dockerfile, expected) => {
    expect((await build(engine, dockerfile)).error).toMatchObject(expected);
  });

  it('disconnects from a build at once when it is canceled', async () => {
    const seconds = String(10_000 + Math.floor(Math.random() * 80_000));
    const cancel = new AbortController();
    const building = build(engine, `FROM busybox\nRUN sleep ${seconds}\n`, { signal: cancel.signal });
    await waitUntil('the RUN to start', () => processesRunning(`sleep ${seconds}`).length > 0);
    cancel.abort();
    expect((await building).error).toBe('cancelled');
    // Podman 4 has no call that stops a build's RUN; it continues in the engine, so stop it here.
    for (const pid of processesRunning(`sleep ${seconds}`)) process.kill(pid, 'SIGKILL');
  });
});
