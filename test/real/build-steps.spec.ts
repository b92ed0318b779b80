import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuildSnapshot, BuildStep } from '#contract/schema/build.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { toDiscoveredEngine } from '#core/engine/discovered-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { inspectImage } from '#core/images/inspect-image.ts';
import { loadBusybox, loadBusyboxForPodman } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { newerEngine, startEngine } from '../real-parts/start-engine.ts';
import { startPodman } from '../real-parts/start-podman.ts';
import { startRegistry } from '../real-parts/start-registry.ts';
import { build } from './run-test-build.ts';

interface Builder {
  readonly client: EngineClient;
  readonly stop: () => Promise<void>;
}

async function startDocker(release: 'sid' | null): Promise<Builder> {
  const engine = await startEngine(release === null ? {} : { release });
  await loadBusybox(engine);
  return { client: await connectTo(engine), stop: () => engine.stop() };
}

async function startClassic(): Promise<Builder> {
  const { client, stop } = await startDocker(null);
  const classic: EngineClient = {
    info: { ...client.info, buildkit: false },
    json: (request) => client.json(request),
    stream: (request) => client.stream(request),
    upgrade: (request) => client.upgrade(request)
  };
  return { client: classic, stop };
}

async function startPodmanBuilder(): Promise<Builder> {
  const podman = await startPodman();
  loadBusyboxForPodman(podman);
  const target = { kind: 'socket', socketPath: podman.socketPath } as const;
  return {
    client: await connectEngine(toDiscoveredEngine('podman', 'Podman', target)),
    stop: () => podman.stop()
  };
}

const instructionsOf = ({ steps }: BuildSnapshot): BuildStep[] => steps.filter(({ instruction }) => instruction);

/** Instructions of every kind that makes a step; each on a line of its own. */
const stepsOfKinds = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    index % 5 === 0 ? `RUN echo ${index} > /r${index}` : index % 2 === 0 ? `COPY f /c${index}` : `WORKDIR /w${index}`
  );

const files = { f: 'x' };

/** Eight stages of twelve steps, each built on what the one before made. */
const eightStages = Array.from({ length: 8 }, (_, stage) => {
  const before = stage === 0 ? [] : [`COPY --from=s${stage - 1} /made /made${stage}`];
  const own = stepsOfKinds(10 - before.length).map((line) => line.replace(/(\d+)$/, `$1-${stage}`));
  return [`FROM busybox AS s${stage}`, ...before, ...own, `RUN echo ${stage} > /made`].join('\n');
}).join('\n');

const twelve = ['FROM busybox', ...stepsOfKinds(11)].join('\n');
const hundred = ['FROM busybox', ...stepsOfKinds(99)].join('\n');
const sizes: [count: string, text: string][] = [
  ['12', twelve],
  ['100', hundred],
  ['8 times 12', eightStages]
];
const failing: [what: string, text: string, line: number][] = [
  ['the third of 12', twelve, 3],
  ['the last of 100', hundred, 100],
  ['one in the fifth of 8 stages', eightStages, 4 * 12 + 7]
];

const builders: [name: string, start: () => Promise<Builder>, isBuildKit: boolean, isMissing: boolean][] = [
  ['BuildKit of Docker 20.10', () => startDocker(null), true, false],
  ['BuildKit of Docker 28', () => startDocker('sid'), true, newerEngine('sid') === null],
  ['Docker 20.10 without BuildKit', startClassic, false, false],
  ['Podman', startPodmanBuilder, false, false]
];

for (const [name, start, isBuildKit, isMissing] of builders) {
  describe.skipIf(isMissing)(name, () => {
    let builder: Builder;
    let client: EngineClient;

    beforeAll(async () => {
      builder = await start();
      ({ client } = builder);
    });
    afterAll(() => builder.stop());

    // The others commit an image for each step, which takes them minutes.
    it.each(isBuildKit ? sizes : sizes.slice(0, 1))(
      'lists, times and locates each of %s steps',
      async (_count, text) => {
        const { snapshot, error } = await build(client, text, { files, options: { noCache: true } });
        expect(error).toBeNull();
        const lines = text.split('\n');
        const steps = instructionsOf(snapshot);
        // BuildKit runs equal instructions on equal images once: here, the FROM of all stages.
        const isShared = (line: string): boolean => isBuildKit && line.startsWith('FROM');
        const located = steps.map(({ line }) => line).filter((line) => !isShared(lines[(line ?? 0) - 1] ?? ''));
        const expected = lines.flatMap((line, index) => (isShared(line) ? [] : [index + 1]));
        expect([...located].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(expected);
        expect(steps.filter(({ startedAt, completedAt }) => startedAt === null || completedAt === null)).toEqual([]);
      }
    );

    it.each(isBuildKit ? failing : failing.slice(0, 1))(
      'marks the line of %s that fails',
      async (_what, text, line) => {
        const lines = text.split('\n');
        lines[line - 1] = 'RUN echo no; exit 3';
        const { snapshot, error } = await build(client, lines.join('\n'), { files });
        expect(error).toMatchObject({ code: 'build-step-failed', line, exitCode: 3, lastLines: ['no'] });
        expect(instructionsOf(snapshot).filter(({ status }) => status === 'failed')).toMatchObject([{ line }]);
      }
    );

    it('puts what ONBUILD of the base image runs on the line of FROM', async () => {
      const base = 'FROM busybox\nONBUILD WORKDIR /src\nONBUILD ENV Q=1\nONBUILD RUN echo same > /same\n';
      await build(client, base, { options: { tag: 'localhost/onbuild:1' } });
      const text = 'FROM localhost/onbuild:1\nRUN echo one > /one\nRUN echo same > /same\nRUN echo two > /two\n';
      const { snapshot, imageId } = await build(client, text, { options: { noCache: true } });
      const located = instructionsOf(snapshot).map(({ line, name: step }) => [line, step.replace(/^ONBUILD /, '')]);
      expect(located.slice(-3)).toEqual([
        [2, 'RUN echo one > /one'],
        [3, 'RUN echo same > /same'],
        [4, 'RUN echo two > /two']
      ]);
      expect(new Set(located.slice(0, -3).map(([line]) => line))).toEqual(new Set([1]));

      const steps = instructionsOf(snapshot).flatMap((step) =>
        step.line === null ? [] : [{ ...step, line: step.line }]
      );
      const stepLines = steps.map(({ line }) => line);
      const builtFrom = { dockerfileText: text, target: null, buildArgs: {}, stepLines, steps };
      const { history } = await inspectImage(client, imageId ?? '', { builtFrom });
      expect(history.slice(-3).map(({ line }) => line)).toEqual([2, 3, 4]);
      expect(history.slice(0, -3).filter(({ line, origin }) => line !== 1 && origin !== 'base')).toEqual([]);
    });

    it('blames what fails of ONBUILD on the line of FROM', async () => {
      const base = 'FROM busybox\nONBUILD RUN echo boom; exit 7\n';
      await build(client, base, { options: { tag: 'localhost/failing:1' } });
      const { error } = await build(client, 'FROM localhost/failing:1\nRUN echo one\nRUN echo two\n');
      expect(error).toMatchObject({ code: 'build-step-failed', line: 1, exitCode: 7 });
      expect(error).toHaveProperty('lastLines', expect.arrayContaining([expect.stringContaining('boom')]));
    });

    it('joins rows of a SHELL with options to their lines', async () => {
      const text =
        'FROM busybox\nSHELL ["/bin/ash","-o","pipefail","-c"]\nRUN echo one > /one\nENV X="a b" Y=c\nRUN ["/bin/ash", "-c", "echo two > /two"]\nRUN echo \'#(nop)\' > /x\nCOPY f /f\nCMD ["sh"]\n';
      const { imageId } = await build(client, text, { files });
      const builtFrom = { dockerfileText: text, target: null, buildArgs: {}, stepLines: [] };
      const { history } = await inspectImage(client, imageId ?? '', { builtFrom });
      const own = history.slice(-7);
      expect(own.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
      expect(own.map(({ evidence }) => evidence)).not.toContain('guess');
      expect(own[1]?.instruction).toBe('RUN echo one > /one');
      expect(own[2]?.instruction).toMatch(/^ENV X="?a b"? Y=c$/);
      expect(own[4]?.instruction).toBe("RUN echo '#(nop)' > /x");
      // Builders without BuildKit name what they copied by its hash.
      expect(own[5]?.instruction).toBe('COPY f /f');
    });

    if (!isBuildKit) return;

    it('resolves stages by the platform arguments', async () => {
      const text =
        'FROM busybox AS base-amd64\nRUN echo amd64 > /arch\nFROM busybox AS base-arm64\nRUN echo arm64 > /arch\nFROM base-${TARGETARCH}\nRUN cat /arch\n';
      const { snapshot, imageId } = await build(client, text, { options: { noCache: true } });
      const architecture = client.info.platform.split('/')[1];
      const made = architecture === 'arm64' ? 4 : 2;
      expect(instructionsOf(snapshot).map(({ line }) => line)).toEqual(expect.arrayContaining([made, 6]));
      const builtFrom = { dockerfileText: text, target: null, buildArgs: {}, stepLines: [] };
      const { history, baseName } = await inspectImage(client, imageId ?? '', { builtFrom });
      expect(baseName).toBe('busybox');
      expect(history.map(({ line }) => line).slice(-2)).toEqual([made, 6]);
    });

    it('names the image that a mount needs, and asks to sign in', async () => {
      const registry = await startRegistry('htpasswd');
      try {
        const reference = `${registry.host}/alice/tools:1`;
        const { error } = await build(
          client,
          `FROM busybox\nRUN --mount=type=bind,from=${reference},target=/t ls /t\n`
        );
        expect(error).toMatchObject({ code: 'registry-not-signed-in', host: registry.host, reference, line: 2 });
      } finally {
        await registry.stop();
      }
    });

    it('counts a download with the ADD that needs it', async () => {
      const server = createServer((_request, response) => response.end('x'));
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = server.address() as AddressInfo;
        const text = `FROM busybox\nADD http://127.0.0.1:${port}/f /f\nRUN cat /f\n`;
        const { snapshot } = await build(client, text);
        expect(instructionsOf(snapshot).map(({ line }) => line)).toEqual([1, 2, 3]);
      } finally {
        server.close();
      }
    });
  });
}
