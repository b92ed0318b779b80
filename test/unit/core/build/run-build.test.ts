import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { applyBuildEvent, emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import { buildEventSchema } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { BuildSnapshot } from '#contract/schema/build.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { statusResponse } from '#core/build/grpc-messages.ts';
import { runBuild, type BuildRequest } from '#core/build/run-build.ts';
import { startFakeBuildEngine, type FakeBuildEngine } from './fake-build-engine.ts';

const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'recorded', `${name}.ndjson`), 'utf8');

/** The Dockerfile that the recorded builds "ok" and "cached" were of. */
const twoStages = `# c
FROM busybox AS one
ARG V=1
RUN echo "hello $V" > /x
FROM busybox
WORKDIR /app
ENV A=b
COPY --from=one /x /x
COPY app.txt $A/
RUN echo done \\
 && echo more
CMD ["sh"]
`;

let engine: FakeBuildEngine | undefined;
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
});

type Answer = Parameters<typeof startFakeBuildEngine>[0];

/** Takes the context, then answers with this text. */
const answering =
  (text: string, status = 200): Answer =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status).end(text));
  };

interface Ran {
  snapshot: BuildSnapshot;
  error: AppErrorData | 'cancelled' | null;
  imageId: string | null;
}

async function run(
  running: FakeBuildEngine,
  change: Partial<BuildRequest> = {},
  signal = new AbortController().signal
): Promise<Ran> {
  const snapshot = emptyBuildSnapshot();
  const request: BuildRequest = {
    engine: running.client,
    context: Readable.from([Buffer.alloc(1024)]),
    dockerfile: 'Dockerfile',
    dockerfileText: twoStages,
    options: { tag: 't:1', buildArgs: {}, target: null, noCache: false, pull: false },
    loginFor: () => Promise.resolve(null),
    ...change
  };
  try {
    const built = await runBuild(request, {
      signal,
      emit: (event) => applyBuildEvent(snapshot, buildEventSchema.parse(event))
    });
    return { snapshot, error: null, imageId: built.imageId };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { snapshot, error: 'cancelled', imageId: null };
    if (!(thrown instanceof AppError)) throw thrown;
    return { snapshot, error: thrown.data, imageId: null };
  }
}

/** Connections close a moment after the work has ended. */
async function untilClosed({ open }: FakeBuildEngine): Promise<void> {
  for (const socket of open) await new Promise((resolve) => socket.once('close', resolve));
}

const told = (snapshot: BuildSnapshot): unknown[] =>
  snapshot.steps.filter((step) => step.instruction).map((step) => [step.line, step.stage, step.status]);

describe('a recorded build', () => {
  it('of BuildKit gives steps with lines, logs and the image', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-ok')));
    const { snapshot, imageId } = await run(engine);
    expect(imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(snapshot.imageId).toBe(imageId);
    expect(told(snapshot)).toHaveLength(6);
    // Both stages stand on the same image, so that is one step; BuildKit names it after either.
    expect(told(snapshot).slice(1)).toEqual(
      expect.arrayContaining([
        [4, 'one', 'done'],
        [6, 'stage-1', 'cached'],
        [8, 'stage-1', 'done'],
        [9, 'stage-1', 'done'],
        [10, 'stage-1', 'done']
      ])
    );
    const last = snapshot.steps.find((step) => step.line === 10);
    expect(snapshot.logs[last?.id ?? '']?.lines).toEqual(['done', 'more']);
    expect(snapshot.context).toEqual({ sentBytes: 1024, totalBytes: null });
    await untilClosed(engine);
  });

  it('of BuildKit emits its warnings as findings about the Dockerfile', async () => {
    const warnings = [{ short: Buffer.from('UndefinedVar: $X (line 9)'), ranges: [{ start: { line: 9 } }] }];
    const aux = Buffer.from(statusResponse.encode({ warnings }).finish()).toString('base64');
    const trace = JSON.stringify({ id: 'moby.buildkit.trace', aux });
    engine = await startFakeBuildEngine(answering(`${trace}\n${recorded('buildkit-ok')}`));
    const { snapshot } = await run(engine, { dockerfile: 'web/Dockerfile' });
    expect(snapshot.findings).toMatchObject([
      { ruleId: 'UndefinedVar', file: 'web/Dockerfile', range: { start: { line: 8 } } }
    ]);
  });

  it('of BuildKit from its cache says so', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-cached')));
    const { snapshot } = await run(engine);
    const made = snapshot.steps.filter((step) => step.instruction && !step.name.startsWith('FROM'));
    expect(made.map((step) => step.status)).toEqual(Array(5).fill('cached'));
  });

  it.each(['classic', 'podman'] as const)('of %s gives the same picture', async (builder) => {
    engine = await startFakeBuildEngine(answering(recorded(`${builder}-ok`)), { podman: true });
    const { snapshot, imageId } = await run(engine);
    expect(imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(snapshot.builder).toBe('classic');
    expect(told(snapshot)).toEqual([
      [2, 'one', 'done'],
      [3, 'one', 'done'],
      [4, 'one', 'done'],
      [5, 'stage-1', 'done'],
      [6, 'stage-1', 'done'],
      [7, 'stage-1', 'done'],
      [8, 'stage-1', 'done'],
      [9, 'stage-1', 'done'],
      [10, 'stage-1', 'done'],
      [12, 'stage-1', 'done']
    ]);
    expect(Object.values(snapshot.logs).map((log) => log.lines)).toEqual([['done', 'more']]);
  });

  it.each(['classic', 'podman'] as const)('of %s from its cache says so', async (builder) => {
    engine = await startFakeBuildEngine(answering(recorded(`${builder}-cached`)), { podman: true });
    const { snapshot } = await run(engine);
    expect(snapshot.steps.filter((step) => step.status === 'cached')).toHaveLength(8);
    expect(snapshot.logs).toEqual({});
  });

  it.each([
    ['buildkit', false],
    ['classic', true],
    ['podman', true]
  ] as const)('of %s tells a failed RUN', async (builder, podman) => {
    engine = await startFakeBuildEngine(answering(recorded(`${builder}-run-failed`)), { podman });
    const { snapshot, error } = await run(engine, { dockerfileText: 'FROM busybox\nRUN echo before; exit 42\n' });
    const instruction = 'RUN echo before; exit 42';
    expect(error).toEqual({ code: 'build-step-failed', instruction, line: 2, exitCode: 42, lastLines: ['before'] });
    expect(told(snapshot).at(-1)).toEqual([2, null, 'failed']);
  });

  it.each([
    ['buildkit', false],
    ['classic', true],
    ['podman', true]
  ] as const)('of %s tells a file that is missing', async (builder, podman) => {
    engine = await startFakeBuildEngine(answering(recorded(`${builder}-copy-missing`)), { podman });
    const { error } = await run(engine, { dockerfileText: 'FROM busybox\n\nCOPY nofile /x\n' });
    expect(error).toEqual({ code: 'build-file-not-found', path: 'nofile', line: 3 });
  });

  it.each([
    ['buildkit', false, 'unknown instruction: RUNN'],
    ['podman', true, { reason: 'unknown-instruction', instruction: 'RUNN' }]
  ] as const)('of %s tells a syntax error', async (builder, podman, detail) => {
    engine = await startFakeBuildEngine(answering(recorded(`${builder}-syntax`)), { podman });
    const { error } = await run(engine, { dockerfileText: 'FROM busybox\nRUNN foo\n' });
    expect(error).toMatchObject({
      code: 'dockerfile-syntax',
      line: 2,
      detail
    });
  });
});

describe('the request', () => {
  it('asks as the options say', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-ok')));
    const options = { tag: 'a/b:1', buildArgs: { V: '2' }, target: 'one', noCache: true, pull: true };
    await run(engine, { options, dockerfile: 'docker/App.Dockerfile' });
    const query = new URL(engine.builds[0]?.url ?? '', 'http://engine').searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      t: 'a/b:1',
      buildargs: '{"V":"2"}',
      target: 'one',
      nocache: '1',
      pull: '1',
      dockerfile: 'docker/App.Dockerfile',
      version: '2'
    });
    expect(query.has('networkmode')).toBe(false);
  });

  it('runs on the host network where the engine has no bridge', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-ok')), {
      networks: [{ Name: 'host' }, { Name: 'none' }]
    });
    await run(engine);
    expect(engine.builds[0]?.url).toContain('networkmode=host');
  });

  it('refuses a tag that is none before it asks anyone', async () => {
    engine = await startFakeBuildEngine(answering(''));
    const options = { tag: 'Bad Tag', buildArgs: {}, target: null, noCache: false, pull: false };
    const { error } = await run(engine, { options });
    expect(error).toEqual({ code: 'reference-invalid', reference: 'Bad Tag', reason: 'space' });
    expect(engine.builds).toHaveLength(0);
  });

  it('tells a classic builder only the logins of registries that the Dockerfile names', async () => {
    engine = await startFakeBuildEngine(answering(recorded('classic-ok')), { podman: true });
    const asked: string[] = [];
    await run(engine, {
      dockerfileText:
        'ARG R=one.test\nFROM $R/a AS base\nFROM base\nCOPY --from=two.test/b /x /x\nCOPY --from=base /y /y\n',
      loginFor: (host) => {
        asked.push(host);
        return Promise.resolve(host === 'one.test' ? { username: 'ada', secret: 'pw' } : { identityToken: 'tok' });
      }
    });
    expect(asked).toEqual(['one.test', 'two.test']);
    const header = Buffer.from(String(engine.builds[0]?.headers['x-registry-config']), 'base64url').toString();
    expect(JSON.parse(header)).toEqual({
      'one.test': { username: 'ada', password: 'pw', serveraddress: 'one.test' },
      'two.test': { identitytoken: 'tok', serveraddress: 'two.test' }
    });
  });
});

describe('the session', () => {
  it('answers for each host with its own login, and for the Hub under its plain name', async () => {
    const answers: unknown[] = [];
    const asked: string[] = [];
    engine = await startFakeBuildEngine((request, response) => {
      request.resume();
      request.on('end', () => {
        const ask = async (): Promise<void> => {
          for (const host of ['one.test:5000', 'two.test', 'https://index.docker.io/v1/', 'registry-1.docker.io']) {
            const { status, answer } = (await engine?.call('Credentials', host)) ?? { status: '?', answer: [] };
            answers.push([status, answer[0] ?? '', answer[1] ?? '']);
          }
          for (const method of ['GetTokenAuthority', 'FetchToken', 'VerifyTokenAuthority']) {
            answers.push((await engine?.call(method, 'two.test'))?.status);
          }
        };
        void ask().finally(() => response.end(recorded('buildkit-ok')));
      });
    });
    const { error } = await run(engine, {
      loginFor: (host) => {
        asked.push(host);
        if (host === 'one.test:5000') return Promise.resolve({ username: 'ada', secret: 'pw' });
        return Promise.resolve(host === 'docker.io' ? { identityToken: 'tok' } : null);
      }
    });
    expect(error).toBeNull();
    expect(asked).toEqual(['one.test:5000', 'two.test', 'docker.io', 'docker.io']);
    const unimplemented = '12';
    expect(answers).toEqual([
      ['0', 'ada', 'pw'],
      ['0', '', ''],
      ['0', '', 'tok'],
      ['0', '', 'tok'],
      unimplemented,
      unimplemented,
      unimplemented
    ]);
    await untilClosed(engine);
  });

  it('says why a login could not be read, when the build fails for it', async () => {
    engine = await startFakeBuildEngine((request, response) => {
      request.resume();
      request.on('end', () => {
        void engine?.call('Credentials', 'one.test').then(({ status }) => {
          response.end(`${JSON.stringify({ error: `failed to authorize (${status})` })}\n`);
        });
      });
    });
    const failure = new AppError('credential-helper-missing', { helper: 'pass' });
    const { error } = await run(engine, { loginFor: () => Promise.reject(failure) });
    expect(error).toEqual({ code: 'credential-helper-missing', helper: 'pass' });
  });

  it.each([
    ['the engine refuses', answering('{"message":"no"}', 500)],
    ['the build fails', answering('{"error":"no"}\n')],
    ['the engine sends rubbish', answering('{"id":"moby.buildkit.trace","aux":"AAAA"}\n')],
    ['the connection breaks', ((request) => request.socket.destroy()) satisfies Answer],
    [
      'the connection breaks in mid-build',
      ((request, response) => {
        request.resume();
        request.on('end', () => response.write('{"id":"x"}\n', () => request.socket.destroy()));
      }) satisfies Answer
    ]
  ] as const)('leaves no connection behind when %s', async (_when, answer) => {
    engine = await startFakeBuildEngine(answer);
    const { error } = await run(engine);
    expect(error).not.toBeNull();
    expect(engine.sessions()).toBe(1);
    await untilClosed(engine);
    expect(engine.open.size).toBe(0);
  });
});

describe('an end that is not good', () => {
  it('without an image is a failure', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-ok').split('\n').slice(0, 4).join('\n')));
    const { snapshot, error } = await run(engine);
    expect(error).toEqual({ code: 'build-failed', detail: { reason: 'no-image-built' } });
    expect(snapshot.steps.filter((step) => step.status === 'running' || step.status === 'waiting')).toEqual([]);
  });

  it('is engine-lost when the engine dies in mid-build', async () => {
    engine = await startFakeBuildEngine((request, response) => {
      request.resume();
      request.on('end', () => response.write(recorded('buildkit-ok').slice(0, 1000), () => request.socket.destroy()));
    });
    expect((await run(engine)).error).toEqual({ code: 'engine-lost', engine: 'Fake' });
  });

  it('is cancelled when the signal fires, and leaves nothing open', async () => {
    const cancel = new AbortController();
    engine = await startFakeBuildEngine((request, response) => {
      request.resume();
      request.on('end', () =>
        response.write(recorded('buildkit-run-failed').split('"errorDetail"')[0] ?? '', () => cancel.abort())
      );
    });
    const { error } = await run(engine, {}, cancel.signal);
    expect(error).toBe('cancelled');
    await untilClosed(engine);
    expect(engine.open.size).toBe(0);
  });

  it('is cancelled before it began, without a word to the engine', async () => {
    engine = await startFakeBuildEngine(answering(''));
    expect((await run(engine, {}, AbortSignal.abort())).error).toBe('cancelled');
    expect(engine.sessions() + engine.builds.length).toBe(0);
  });

  it('tells a context that cannot be packed', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-ok')));
    const failure = new AppError('project-vanished', { name: 'app' });
    const { error } = await run(engine, { context: () => Promise.reject(failure) });
    expect(error).toEqual({ code: 'project-vanished', name: 'app' });
    await untilClosed(engine);
  });

  it('tells a context that breaks while it is sent', async () => {
    engine = await startFakeBuildEngine(answering(recorded('buildkit-ok')));
    const failure = new AppError('file-unreadable', { file: 'a', detail: 'EACCES' });
    const context = new Readable({
      read() {
        this.destroy(failure);
      }
    });
    expect((await run(engine, { context })).error).toEqual(failure.data);
    await untilClosed(engine);
  });
});
