import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallInput, CallName, CallOutput } from '#contract/ipc/calls.ts';
import type { Reply } from '#contract/ipc/bridge.ts';
import type { EngineState } from '#contract/schema/engine.ts';
import type { AnyJobEvents } from '#contract/schema/job.ts';
import { openStore } from '#core/store/open-store.ts';
import { createCallRouter } from '../../../electron/main/call-router.ts';
import { compose, type Slipway } from '../../../electron/main/compose.ts';
import { FakeEngine, scratchDir } from '../core/engine/fake-engine.ts';
import { scratchFolder } from '../core/scratch-folder.ts';
import { buildRecordOf } from '../core/store/build-record-of.ts';
import { nativeTheme, person, resetPerson } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const tar = Buffer.alloc(10_240);
const digest = `sha256:${'ab'.repeat(32)}`;

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let engine: FakeEngine;
let dataFolder: string;
let app: Slipway;
let broadcasts: { topic: string; message: unknown }[];
let onBroadcast: () => void;

beforeEach(async () => {
  resetPerson();
  broadcasts = [];
  onBroadcast = () => undefined;
  dataFolder = scratchFolder();
  scratch = await scratchDir();
  engine = await new FakeEngine(scratch.path('e.sock')).start();
  vi.stubEnv('DOCKER_HOST', `unix://${engine.socketPath}`);
  vi.stubEnv('DOCKER_CONFIG', dataFolder);
});
afterEach(async () => {
  await app.close();
  await engine.stop();
  await scratch.remove();
  vi.unstubAllEnvs();
});

async function start(openedAtStart: string[] = []): Promise<void> {
  app = await compose({
    dataFolder,
    resourcesFolder: resolve('resources'),
    workerFile: '/nowhere',
    window: () => undefined,
    broadcast: (topic, message) => {
      broadcasts.push({ topic, message });
      onBroadcast();
    },
    openedAtStart
  });
}

/** Resolves once a broadcast is what is waited for, now or later. */
async function broadcastOf(matches: (broadcast: (typeof broadcasts)[number]) => boolean): Promise<void> {
  while (!broadcasts.some(matches)) await new Promise<void>((resolve) => (onBroadcast = resolve));
}

async function connect(): Promise<void> {
  app.connectEngine();
  await broadcastOf(({ topic, message }) => topic === 'engine.state' && (message as EngineState).kind === 'connected');
}

async function reply<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<unknown>> {
  const router = createCallRouter({
    handlers: app.handlers,
    openDropped: app.openPaths,
    checkOutput: true,
    log: () => undefined
  });
  return router.call(name, input);
}

async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await reply(name, input);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value as CallOutput<N>;
}

/** How a job ended, as the window receives it. */
async function endOf(jobId: string | null): Promise<unknown> {
  let end: unknown;
  await broadcastOf(({ topic, message }) => {
    const batch = message as AnyJobEvents;
    if (topic === 'job.events' && batch.jobId === jobId) end = batch.events.find((event) => 'end' in event)?.end;
    return end !== undefined;
  });
  return end;
}

describe('projects', () => {
  it('named on the command line are reported once, to the window that asks first', async () => {
    await start([scratchFolder({ Dockerfile: 'FROM scratch\n' })]);
    expect((await call('app.info', {})).opened?.projects).toHaveLength(1);
    expect((await call('app.info', {})).opened).toBeNull();
  });

  it('are chosen in a dialog, and nothing is opened when it is dismissed', async () => {
    await start();
    expect(await call('project.choose', {})).toEqual({ projects: [], archives: [], failures: [] });
    person.opens = [scratchFolder({ Dockerfile: 'FROM scratch\n' })];
    const { projects } = await call('project.choose', {});
    expect(projects).toMatchObject([{ dockerfiles: ['Dockerfile'] }]);
    expect(await call('project.recent', {})).toMatchObject([{ id: projects[0]?.id }]);
    await call('project.forget', { projectId: projects[0]?.id ?? '' });
    expect(await call('project.recent', {})).toEqual([]);
  });

  it('give their files by project and name, and nothing outside them', async () => {
    await start();
    person.opens = [scratchFolder({ Dockerfile: 'FROM scratch\n' })];
    const projectId = (await call('project.choose', {})).projects[0]?.id ?? '';
    const { revision, text } = await call('file.read', { projectId, file: 'Dockerfile' });
    expect(text).toBe('FROM scratch\n');
    const saved = await call('file.save', {
      projectId,
      file: 'Dockerfile',
      text: 'FROM a\n',
      revision,
      replace: false
    });
    expect(saved.revision).not.toBe(revision);
    expect(await reply('file.read', { projectId, file: '../etc/passwd' })).toMatchObject({ ok: false });
    expect(await reply('file.read', { projectId: 'ffffffffffffffff', file: 'Dockerfile' })).toMatchObject({
      ok: false,
      error: { code: 'project-unknown' }
    });
  });

  it('come with a sample', async () => {
    await start();
    const { projects } = await call('project.sample', {});
    expect(projects).toMatchObject([{ name: 'simple-flask-web' }]);
  });
});

describe('the system', () => {
  it('opens a page of the allow-list, and no other', async () => {
    await start();
    await call('app.openLink', { url: 'https://docs.docker.com/x' });
    expect(await reply('app.openLink', { url: 'file:///etc/passwd' })).toMatchObject({
      error: { code: 'link-refused' }
    });
    expect(person.pages).toEqual(['https://docs.docker.com/x']);
    await call('app.copyText', { text: 'docker run x' });
    expect(person.clipboard).toBe('docker run x');
  });

  it('takes the theme of the settings, which are broadcast and kept', async () => {
    await start();
    await call('settings.change', { theme: 'dark' });
    expect(nativeTheme.themeSource).toBe('dark');
    expect(broadcasts.at(-1)).toMatchObject({ topic: 'settings.changed', message: { theme: 'dark' } });
    await app.close();
    nativeTheme.themeSource = 'system';
    await start();
    expect(nativeTheme.themeSource).toBe('dark');
    expect(await call('settings.get', {})).toMatchObject({ theme: 'dark' });
  });
});

describe('images', () => {
  it('need an engine', async () => {
    await start();
    expect(await reply('image.list', {})).toMatchObject({ ok: false, error: { code: 'engine-none' } });
    expect(await reply('image.save', { images: ['x'] })).toMatchObject({ ok: false, error: { code: 'engine-none' } });
    expect(person.dialogs).toEqual([]);
  });

  it('are saved where the dialog says, by a job; dismissed, nothing is requested', async () => {
    engine.answers['/images/x/json'] = (_request, response) => response.end('{}');
    engine.answers['/images/get'] = (_request, response) => response.end(tar);
    await start();
    await connect();
    const before = engine.requests.length;
    expect(await call('image.save', { images: ['x'] })).toEqual({ jobId: null });
    expect(engine.requests).toHaveLength(before);
    person.savesAs = join(scratchFolder(), 'x.tar');
    const { jobId } = await call('image.save', { images: ['x'] });
    expect(await endOf(jobId)).toMatchObject({ kind: 'finished', result: { kind: 'saved', file: 'x.tar' } });
    expect(readFileSync(person.savesAs)).toEqual(tar);
    // The window never receives where on this computer that is.
    expect(JSON.stringify(broadcasts)).not.toContain(person.savesAs);
  });

  it('are loaded from the archive that was chosen', async () => {
    engine.answers['/images/load'] = (request, response) =>
      request.resume().on('end', () => response.end('{"stream":"Loaded image: x:1\\n"}\n'));
    await start();
    await connect();
    expect(await call('image.load', {})).toEqual({ jobId: null });
    person.opens = [join(scratchFolder(), 'x.tar')];
    writeFileSync(person.opens[0] ?? '', tar);
    const { jobId } = await call('image.load', {});
    expect(await endOf(jobId)).toMatchObject({ kind: 'finished', result: { kind: 'loaded', images: ['x:1'] } });
  });
});

describe('builds and pushes', () => {
  const projectId = 'abcdef0123456789';

  async function keepBuild(id: string): Promise<void> {
    mkdirSync(join(dataFolder, 'store'), { recursive: true });
    const store = await openStore(join(dataFolder, 'store'));
    await store.builds.add(buildRecordOf(id, { projectId, imageId: 'sha256:1' }));
  }

  it('a push is noted in the record of the build that made the image', async () => {
    await keepBuild('b1');
    const lines = [{ status: 'x' }, { aux: { Tag: '1', Digest: digest, Size: 1 } }];
    engine.answers['/images/sha256:1/json'] = (_request, response) => response.end('{"Id":"sha256:1"}');
    engine.answers['/images/sha256:1/history'] = (_request, response) => response.end('[]');
    engine.answers['/images/sha256:1/tag'] = (_request, response) => response.writeHead(201).end();
    engine.answers['/images/r.example/a/push'] = (_request, response) =>
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await start();
    await connect();
    const push = { projectId, buildId: 'b1', engineId: null, imageId: 'sha256:1', reference: 'r.example/a:1' };
    const { jobId } = await call('push.start', push);
    expect(await endOf(jobId)).toMatchObject({ kind: 'finished', result: { digest } });
    expect(await call('build.records', { projectId })).toMatchObject([
      { id: 'b1', pushed: { reference: 'r.example/a:1', digest } }
    ]);
  });

  it('a push that fails leaves the record as it was, and ends as failed', async () => {
    await keepBuild('b1');
    await start();
    await connect();
    const push = { projectId, buildId: 'b1', engineId: null, imageId: 'sha256:1', reference: 'r.example/a:1' };
    const { jobId } = await call('push.start', push);
    expect(await endOf(jobId)).toMatchObject({ kind: 'failed' });
    expect(await call('build.records', { projectId })).toMatchObject([{ id: 'b1', pushed: null }]);
  });

  it('of a project that is not known are refused at once', async () => {
    await start();
    const options = { tag: 'a:1', buildArgs: {}, target: null, noCache: false, pull: false };
    expect(await reply('build.start', { projectId, dockerfile: 'Dockerfile', options })).toMatchObject({
      ok: false,
      error: { code: 'project-unknown' }
    });
  });
});
