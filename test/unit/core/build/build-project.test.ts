import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyBuildEvent, emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import { buildRecordSchema, type BuildEvent, type BuildRecord } from '#contract/schema/build.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { buildProject } from '#core/build/build-project.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { FakeEngine, scratchDir } from '../engine/fake-engine.ts';
import { scratchFolder } from '../scratch-folder.ts';

const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'recorded', `${name}.ndjson`), 'utf8');
const builtId = /"ID":"(sha256:[0-9a-f]{64})"/.exec(recorded('podman-ok'))?.[1] ?? '';
const dockerfileText = 'FROM busybox\r\nRUN echo hello > /x\r\n';

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let fake: FakeEngine;
let saved: BuildRecord[];
let root: string;

beforeEach(async () => {
  scratch = await scratchDir();
  root = scratchFolder({ 'web.Dockerfile': dockerfileText });
  saved = [];
  fake = await new FakeEngine(scratch.path('e.sock'), {
    '/_ping': (_request, response) => response.writeHead(200, { 'libpod-api-version': '4.3.1' }).end('OK'),
    [`/images/${builtId}/json`]: (_request, response) => response.end(JSON.stringify({ Id: builtId, Size: 4321 })),
    [`/images/${builtId}/history`]: (_request, response) => response.end('[]')
  }).start();
});
afterEach(async () => {
  await fake.stop();
  await scratch.remove();
});

const answerBuild = (text: string): void => {
  fake.answers['/build'] = (request, response) => request.resume().on('end', () => response.end(text));
};

async function build(
  options: { signal?: AbortSignal; save?: (record: BuildRecord) => Promise<void> } = {}
): Promise<unknown> {
  const snapshot = emptyBuildSnapshot();
  const job = {
    snapshot,
    signal: options.signal ?? new AbortController().signal,
    emit: (event: BuildEvent) => applyBuildEvent(snapshot, event)
  };
  const save = options.save ?? ((record: BuildRecord) => Promise.resolve(void saved.push(record)));
  const loginFor = (): Promise<null> => Promise.resolve(null);
  const project = {
    projectId: 'abcdef0123456789',
    root,
    dockerfile: 'web.Dockerfile',
    options: { tag: 't:1', buildArgs: { V: '1' }, target: null, noCache: false, pull: false }
  };
  const engine = await connectEngine(fake.found);
  const proxyArgumentsFor = (address: string): Promise<Record<string, string>> =>
    Promise.resolve({ HTTP_PROXY: `http://me:hunter2@${address.split('/').at(-1)}` });
  const dependencies = { engine, loginFor, proxyArgumentsFor, clientId: 'test', save };
  return buildProject(project, dependencies, job).catch((error: unknown) =>
    error instanceof AppError ? error.data : error
  );
}

describe('buildProject', () => {
  it('records a finished build with its image, and the Dockerfile that was built', async () => {
    answerBuild(recorded('podman-ok'));
    const result = await build();
    expect(result).toMatchObject({ imageId: builtId, tag: 't:1', recordId: saved[0]?.id });
    expect(saved).toHaveLength(1);
    expect(buildRecordSchema.parse(saved[0])).toEqual(saved[0]);
    expect(saved[0]).toMatchObject({
      projectId: 'abcdef0123456789',
      outcome: 'finished',
      error: null,
      imageId: builtId,
      dockerfile: 'web.Dockerfile',
      options: { tag: 't:1', buildArgs: { V: '1' } }
    });
    const hash = createHash('sha256').update(saved[0]?.dockerfileText ?? '');
    expect(saved[0]?.dockerfileHash).toBe(hash.digest('hex'));
    expect(saved[0]?.steps.length).toBeGreaterThan(0);
  });

  it('records a failed build with its error, without its output and without an image', async () => {
    answerBuild(recorded('podman-run-failed'));
    const error = await build();
    expect(error).toMatchObject({ code: 'build-step-failed' });
    expect(saved).toMatchObject([{ outcome: 'failed', imageId: null, sizeBytes: null, error: { lastLines: [] } }]);
  });

  it('records a canceled build as canceled, with no error', async () => {
    const abort = new AbortController();
    fake.answers['/build'] = (request) => request.resume().on('end', () => abort.abort());
    expect(await build({ signal: abort.signal })).toBeInstanceOf(Cancelled);
    expect(saved).toMatchObject([{ outcome: 'cancelled', error: null, imageId: null }]);
  });

  it('reports why the build failed, also where its record cannot be saved', async () => {
    answerBuild(recorded('podman-run-failed'));
    const save = (): Promise<void> => Promise.reject(new Error('disk full'));
    expect(await build({ save })).toMatchObject({ code: 'build-step-failed' });
  });

  it('records nothing for a Dockerfile that cannot be read', async () => {
    rmSync(join(root, 'web.Dockerfile'));
    expect(await build()).toMatchObject({ code: 'file-missing' });
    expect(saved).toEqual([]);
  });
});
