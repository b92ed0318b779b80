import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReference } from '#contract/domain/reference.ts';
import type { BuildSnapshot } from '#contract/schema/build.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { inspectImage } from '#core/images/inspect-image.ts';
import { pushImage } from '#core/push/push-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { waitUntil } from '../real-parts/process.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { build, processesRunning } from './run-test-build.ts';

let engine: RealEngine;
let buildkit: EngineClient;
let classic: EngineClient;

beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
  buildkit = await connectTo(engine);
  classic = {
    info: { ...buildkit.info, buildkit: false },
    json: (request) => buildkit.json(request),
    stream: (request) => buildkit.stream(request),
    upgrade: (request) => buildkit.upgrade(request)
  };
});
afterAll(() => engine.stop());

const engineOf = (builder: 'buildkit' | 'classic'): EngineClient => (builder === 'buildkit' ? buildkit : classic);

const twoStages = `FROM busybox AS one
ARG V=1
RUN echo "hello $V" > /x

FROM busybox
WORKDIR /app
ENV A=b
COPY --from=one /x /x
COPY app.txt $A/
RUN for i in 1 2 3; do echo "line $i"; done \\
 && touch /made
CMD ["sh"]
`;
const files = { 'app.txt': 'x' };

const logOf = (snapshot: BuildSnapshot, line: number): string[] | undefined =>
  snapshot.logs[snapshot.steps.find((step) => step.line === line)?.id ?? '']?.lines;

/** Random, so that a process of another run is not mistaken for this one's. */
const someSeconds = (): string => String(10_000 + Math.floor(Math.random() * 80_000));

describe.each(['buildkit', 'classic'] as const)('%s', (builder) => {
  const tag = `${builder}:1`;

  it('builds, reports each instruction with its line, and uses the cache the second time', async () => {
    const first = await build(engineOf(builder), twoStages, { files, options: { tag, noCache: true } });
    expect(first.error).toBeNull();
    expect(first.snapshot.builder).toBe(builder);
    expect(await engine.docker('image', 'inspect', '-f', '{{.Id}}', tag)).toBe(first.imageId);
    const lines = first.snapshot.steps.filter((step) => step.instruction).map((step) => step.line);
    expect(lines).toEqual(expect.arrayContaining([3, 6, 8, 9, 10]));
    expect(logOf(first.snapshot, 10)).toEqual(['line 1', 'line 2', 'line 3']);

    await build(engineOf(builder), twoStages, { files, options: { tag } });
    const second = await build(engineOf(builder), twoStages, { files, options: { tag } });
    const again = second.snapshot.steps.filter((step) => [3, 6, 8, 9, 10].includes(step.line ?? 0));
    expect(again.map((step) => step.status)).toEqual(Array(5).fill('cached'));
  });

  it('reports for the image which line created which layer', async () => {
    const { snapshot } = await build(engineOf(builder), twoStages, { files, options: { tag } });
    const stepLines = snapshot.steps.flatMap(({ instruction, line }) => (instruction && line !== null ? [line] : []));
    const builtFrom = { dockerfileText: twoStages, target: null, buildArgs: {}, stepLines };
    const detail = await inspectImage(buildkit, tag, { builtFrom });
    expect(detail.baseName).toBe('busybox');
    expect(detail.history.map((row) => [row.line, row.origin])).toEqual([
      [null, 'base'],
      [6, 'other'],
      [7, 'other'],
      [8, 'copy'],
      [9, 'copy'],
      [10, 'run'],
      [12, 'other']
    ]);
    const made = detail.history.filter(({ line }) => line !== null && [6, 8, 9, 10].includes(line));
    expect(made.map(({ evidence }) => evidence)).toEqual(Array(4).fill('exact'));
    expect(made.map(({ copiedFrom }) => copiedFrom)).toEqual([null, 'one', null, null]);
    expect(detail.history.filter((row) => row.layerIndex !== null).map((row) => row.diffId)).toHaveLength(
      detail.layerCount
    );
  });

  it('supports build arguments and a target', async () => {
    const options = { tag, target: 'one', buildArgs: { V: 'two' }, noCache: true };
    const { imageId } = await build(engineOf(builder), twoStages, { files, options });
    const output = await engine.docker('run', '--rm', '--network=none', imageId ?? '', '/bin/cat', '/x');
    expect(output).toBe('hello two');
  });

  it('reports a RUN that fails: its line, exit code and last lines', async () => {
    const text = 'FROM busybox\n\nRUN for i in $(seq 30); do echo $i; done; exit 42\n';
    const { error, snapshot } = await build(engineOf(builder), text);
    expect(error).toMatchObject({ code: 'build-step-failed', line: 3, exitCode: 42 });
    expect(error).toHaveProperty(
      'lastLines',
      Array.from({ length: 20 }, (_, index) => String(index + 11))
    );
    expect(snapshot.steps.find((step) => step.line === 3)?.status).toBe('failed');
  });

  it.each([
    ['a syntax error', 'FROM busybox\nRUNN foo\n', { code: 'dockerfile-syntax', line: 2 }],
    [
      'a file that is missing',
      'FROM busybox\nCOPY no/file /x\n',
      { code: 'build-file-not-found', path: 'no/file', line: 2 }
    ],
    ['a stage that is missing', 'FROM busybox\n', { code: 'build-target-unknown', target: 'nope' }]
  ])('reports %s', async (_what, text, expected) => {
    const target = expected.code === 'build-target-unknown' ? 'nope' : null;
    const { error } = await build(engineOf(builder), text, { options: { target } });
    expect(error).toMatchObject(expected);
  });

  it('stops a RUN when it is canceled', async () => {
    const seconds = someSeconds();
    const cancel = new AbortController();
    const building = build(engineOf(builder), `FROM busybox\nRUN sleep ${seconds}\n`, { signal: cancel.signal });
    await waitUntil('the RUN to start', () => processesRunning(`sleep ${seconds}`).length > 0);
    cancel.abort();
    const { error, snapshot } = await building;
    expect(error).toBe('cancelled');
    expect(snapshot.steps.map((step) => step.status)).not.toContain('running');
    expect(snapshot.steps.find((step) => step.line === 2)?.status).toBe('cancelled');
    await waitUntil('the RUN to end', () => processesRunning(`sleep ${seconds}`).length === 0);
  });

  // BuildKit itself limits a step's output to 200 KiB per second; Docker's classic builder does not.
  it('loses no line of a long output', async () => {
    const count = builder === 'buildkit' ? 20_000 : 100_000;
    const { snapshot } = await build(engineOf(builder), `FROM busybox\nRUN seq ${count}\n`, {
      options: { noCache: true }
    });
    expect(logOf(snapshot, 2)).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
  });
});

describe('registries', () => {
  let one: RealRegistry;
  let two: RealRegistry;

  beforeAll(async () => {
    one = await startRegistry('token');
    two = await startRegistry('htpasswd');
    for (const [registry, user] of [
      [one, users.alice],
      [two, users.bob]
    ] as const) {
      const reference = parseReference(`${registry.host}/${user.username}/base:1`);
      if (!reference.ok) throw new Error(reference.reason);
      const imageId = await engine.docker('image', 'inspect', '-f', '{{.Id}}', 'busybox');
      const pushed = { engine: buildkit, imageId, reference: reference.reference, login: user };
      await pushImage(pushed, { signal: new AbortController().signal, emit: () => undefined });
      await engine.docker('rmi', `${registry.host}/${user.username}/base:1`);
    }
  });
  afterAll(async () => {
    await one.stop();
    await two.stop();
  });

  it.each(['buildkit', 'classic'] as const)('each get only their own login: %s', async (builder) => {
    const text = `FROM ${one.host}/alice/base:1 AS a\nFROM ${two.host}/bob/base:1\nCOPY --from=a /bin/busybox /copied\n`;
    const requestedHosts = new Set<string>();
    const { error } = await build(engineOf(builder), text, {
      options: { pull: true },
      loginFor: (host) => {
        requestedHosts.add(host);
        return Promise.resolve(host === one.host ? users.alice : host === two.host ? users.bob : null);
      }
    });
    expect(error).toBeNull();
    expect([...requestedHosts].sort()).toEqual([one.host, two.host].sort());
  });

  it.each(['buildkit', 'classic'] as const)('that want a login say so: %s', async (builder) => {
    const reference = `${two.host}/bob/base:1`;
    const text = `FROM ${reference}\n`;
    const without = await build(engineOf(builder), text, { options: { pull: true } });
    expect(without.error).toMatchObject({ code: 'registry-not-signed-in', host: two.host, reference, line: 1 });
    const wrong = await build(engineOf(builder), text, {
      options: { pull: true },
      loginFor: () => Promise.resolve({ username: 'bob', secret: 'wrong' })
    });
    expect(wrong.error).toMatchObject({ code: 'registry-wrong-password', host: two.host });
  });

  it.each(['buildkit', 'classic'] as const)('without the base are reported: %s', async (builder) => {
    const reference = `${two.host}/bob/none:1`;
    const { error } = await build(engineOf(builder), `# c\nFROM ${reference}\n`, {
      loginFor: () => Promise.resolve(users.bob)
    });
    expect(error).toMatchObject({ code: 'base-not-found', reference, line: 2 });
  });

  it.each(['buildkit', 'classic'] as const)('that are down are reported: %s', async (builder) => {
    const { error } = await build(engineOf(builder), 'FROM 127.0.0.1:1/no/such:1\n');
    expect(error).toMatchObject({ code: 'registry-unreachable', host: '127.0.0.1:1' });
  });
});

describe('an engine that dies', () => {
  it.each(['buildkit', 'classic'] as const)('during a build is reported as lost: %s', async (builder) => {
    const seconds = someSeconds();
    const building = build(engineOf(builder), `FROM busybox\nRUN echo begun && sleep ${seconds}\n`);
    await waitUntil('the RUN to start', () => processesRunning(`sleep ${seconds}`).length > 0);
    await engine.kill();
    expect((await building).error).toMatchObject({ code: 'engine-lost' });
    for (const pid of processesRunning(`sleep ${seconds}`)) process.kill(pid, 'SIGKILL');
    await engine.start();
  });
});
