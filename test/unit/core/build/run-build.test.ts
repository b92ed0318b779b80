import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { BuildSnapshot } from '#contract/schema/build.ts';
import { statusResponse } from '#core/build/grpc-messages.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { startFakeBuildEngine, type FakeBuildEngine } from './fake-build-engine.ts';
import { answering, recorded, run, twoStages, untilClosed } from './run-fake-build.ts';

let engine: FakeBuildEngine | undefined;
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
});

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
    expect(snapshot.context).toBeNull();
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

  it('of BuildKit shows the bytes of a transfer without a total, and of a pull with it', async () => {
    const vertexes = ['context', 'pull'].map((digest) => ({ digest, name: digest, started: { seconds: 1 } }));
    const statuses = [
      { ID: 'transferring context:', vertex: 'context', current: 100, total: 0 },
      { ID: 'sha256:1', vertex: 'pull', current: 0, total: 50 },
      { ID: 'sha256:2', vertex: 'pull', current: 7, total: 10 }
    ];
    const aux = Buffer.from(statusResponse.encode({ vertexes, statuses }).finish()).toString('base64');
    const trace = JSON.stringify({ id: 'moby.buildkit.trace', aux });
    engine = await startFakeBuildEngine(answering(`${trace}\n${recorded('buildkit-ok')}`));
    const { snapshot } = await run(engine);
    const progressOf = (name: string): unknown => snapshot.steps.find((step) => step.name === name)?.progress;
    expect(progressOf('context')).toEqual({ currentBytes: 100, totalBytes: null });
    expect(progressOf('pull')).toEqual({ currentBytes: 7, totalBytes: 60 });
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
    const { sentBytes = 0, totalBytes = null } = snapshot.context ?? {};
    expect(sentBytes).toBeGreaterThan(1024);
    expect(totalBytes).toBe(sentBytes);
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
      remote: 'client-session',
      version: '2'
    });
    expect(engine.builds[0]?.headers['content-type']).toBeUndefined();
    expect(query.has('networkmode')).toBe(false);
  });

  it('sends a tar where the patterns are more than a request for files can carry', async () => {
    let sentBytes = 0;
    engine = await startFakeBuildEngine((request, response) => {
      request.on('data', (chunk: Buffer) => (sentBytes += chunk.length));
      request.on('end', () => response.end(recorded('buildkit-ok')));
    });
    const patterns = Array.from({ length: 7000 }, (_, index) => `ignored${index}`).join('\n');
    const root = scratchFolder({ 'docker/Dockerfile': twoStages, '.dockerignore': patterns });
    const { error, snapshot } = await run(engine, { root, dockerfile: 'docker/Dockerfile' });
    expect(error).toBeNull();
    const query = new URL(engine.builds[0]?.url ?? '', 'http://engine').searchParams;
    expect([query.get('dockerfile'), query.get('remote'), query.get('version')]).toEqual([
      'docker/Dockerfile',
      null,
      '2'
    ]);
    expect(engine.builds[0]?.headers['content-type']).toBe('application/x-tar');
    expect(snapshot.context).toEqual({ sentBytes, totalBytes: sentBytes });
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
    engine = await startFakeBuildEngine(answering(recorded('classic-ok')), { podman: true });
    const { error } = await run(engine, { root: join(scratchFolder(), 'app') });
    expect(error).toEqual({ code: 'project-vanished', name: 'app' });
    await untilClosed(engine);
  });

  it('tells a context that breaks while it is sent', async () => {
    engine = await startFakeBuildEngine(answering(recorded('classic-ok')), { podman: true });
    const root = scratchFolder({ Dockerfile: twoStages });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/z`), Buffer.from([0xff])]), '');
    const { error } = await run(engine, { root });
    expect(error).toEqual({ code: 'file-unreadable', file: 'z\uFFFD', detail: { reason: 'name-not-utf8' } });
    await untilClosed(engine);
  });

  it('names the ignore file when the engine refuses a pattern in it', async () => {
    engine = await startFakeBuildEngine(answering('{"error":"failed to solve: syntax error in pattern"}\n'));
    const root = scratchFolder({ Dockerfile: twoStages, '.dockerignore': 'a[' });
    const { error } = await run(engine, { root });
    expect(error).toEqual({ code: 'file-unreadable', file: '.dockerignore', detail: { reason: 'pattern-invalid' } });
  });
});
