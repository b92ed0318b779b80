import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageDetailSchema } from '#contract/schema/image.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { inspectImage } from '#core/images/inspect-image.ts';
import { listImages } from '#core/images/list-images.ts';
import { FakeEngine, scratchDir } from '../engine/fake-engine.ts';

const image = {
  Id: `sha256:${'a'.repeat(64)}`,
  RepoTags: ['docker.io/library/t:1', 'localhost/x:2', '<none>:<none>'],
  RepoDigests: null,
  Created: '2026-11-24T12:00:00.5Z',
  Os: 'linux',
  Architecture: 'arm64',
  Variant: 'v8',
  RootFS: { Type: 'layers', Layers: ['sha256:l0', 'sha256:l1', 'sha256:l2'] }
};
const Comment = 'buildkit.dockerfile.v0';
const history = [
  { Created: 30, CreatedBy: 'CMD ["sh"]', Size: 0, Comment },
  { Created: 20, CreatedBy: 'RUN |1 A=b /bin/sh -c make # buildkit', Size: 0, Comment },
  { Created: 20, CreatedBy: 'COPY /x /x # buildkit', Size: 5, Comment },
  { Created: 0, CreatedBy: '', Size: 100, Comment: 'Imported from -' }
];
const missing = '{"message":"No such image: gone"}';

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let fake: FakeEngine;
let engine: EngineClient;
let answers: Record<string, unknown>;

beforeEach(async () => {
  scratch = await scratchDir();
  answers = { '/images/t:1/json': image, '/images/t:1/history': history, '/images/json': [] };
  const responses = Object.keys(answers).map((path): [string, FakeEngine['answers'][string]] => [
    path,
    (_request, response) => response.end(JSON.stringify(answers[path]))
  ]);
  fake = await new FakeEngine(scratch.path('e.sock'), {
    ...Object.fromEntries(responses),
    '/images/gone/json': (_request, response) => response.writeHead(404).end(missing),
    '/images/gone/history': (_request, response) => response.writeHead(404).end(missing)
  }).start();
  engine = await connectEngine(fake.found);
});
afterEach(async () => {
  await fake.stop();
  await scratch.remove();
});

const builtFrom = {
  dockerfileText: 'ARG BASE=busybox\nFROM $BASE\nCOPY x /x\nARG A=b\nRUN make\nCMD ["sh"]\n',
  target: null,
  buildArgs: {},
  stepLines: [3]
};

describe('inspectImage', () => {
  it('matches rows with layers, origins and lines', async () => {
    const detail = await inspectImage(engine, 't:1', { builtFrom });
    expect(imageDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      tags: ['t:1', 'localhost/x:2'],
      sizeBytes: 105,
      createdAt: Date.UTC(2026, 10, 24, 12, 0, 0, 500),
      platform: 'linux/arm64/v8',
      layerCount: 3,
      joinExact: true,
      baseName: 'busybox'
    });
    expect(detail.history.map((row) => [row.instruction, row.origin, row.line, row.layerIndex, row.diffId])).toEqual([
      ['', 'base', null, 0, 'sha256:l0'],
      ['COPY /x /x', 'copy', 3, 1, 'sha256:l1'],
      ['RUN make', 'run', 5, 2, 'sha256:l2'],
      ['CMD ["sh"]', 'other', 6, null, null]
    ]);
    expect(detail.history.map((row) => row.evidence)).toEqual([null, 'exact', 'matched', 'matched']);
    expect(detail.history.map((row) => row.createdAt)).toEqual([null, 20_000, 20_000, 30_000]);
  });

  it('has no base and no lines without the build', async () => {
    const detail = await inspectImage(engine, 't:1');
    expect(detail.baseName).toBeNull();
    expect(detail.history.map((row) => [row.origin, row.line])).toEqual([
      ['base', null],
      ['copy', null],
      ['run', null],
      ['other', null]
    ]);
  });

  it('masks secrets in the rows, and still finds their lines', async () => {
    answers['/images/t:1/history'] = [
      { Created: 30, CreatedBy: 'ENV API_TOKEN=m4rk-t0ken', Size: 0, Comment },
      { Created: 20, CreatedBy: 'RUN |1 TOKEN=m4rk and more /bin/sh -c make # buildkit', Size: 0, Comment },
      { Created: 20, CreatedBy: 'COPY /x /m4rk-t0ken # buildkit', Size: 5, Comment },
      { Created: 0, CreatedBy: '', Size: 100, Comment: 'Imported from -' }
    ];
    const dockerfileText = 'FROM x\nCOPY x /m4rk-t0ken\nARG TOKEN\nRUN make\nENV API_TOKEN=m4rk-t0ken\n';
    const detail = await inspectImage(engine, 't:1', { builtFrom: { ...builtFrom, dockerfileText, stepLines: [] } });
    expect(detail.history.map((row) => [row.instruction, row.createdBy, row.line, row.evidence])).toEqual([
      ['', '', null, null],
      ['COPY /x /••••••••', 'COPY /x /•••••••• # buildkit', 2, 'matched'],
      ['RUN make', 'RUN |1 TOKEN=•••••••• /bin/sh -c make # buildkit', 4, 'matched'],
      ['ENV API_TOKEN=••••••••', 'ENV API_TOKEN=••••••••', 5, 'matched']
    ]);
  });

  it('shows what the Dockerfile copies where a builder names it by its hash only', async () => {
    const hashed = (path: string) => `/bin/sh -c #(nop) COPY dir:${'bcee67e54666'.padEnd(64, '0')} in ${path} `;
    answers['/images/t:1/history'] = [
      { Created: 20, CreatedBy: hashed('/srv'), Size: 5, Comment: '' },
      ...history.slice(-1)
    ];
    const dockerfileText = 'FROM x\nCOPY --chown=1  site   /srv\n';
    const detail = await inspectImage(engine, 't:1', { builtFrom: { ...builtFrom, dockerfileText, stepLines: [2] } });
    const rows = detail.history.map(({ instruction, line }) => [instruction, line]);
    expect(rows).toContainEqual([expect.stringMatching(/^COPY (--chown=1 )?site \/srv$/), 2]);
  });

  it('supports an engine that omits optional fields', async () => {
    answers['/images/t:1/json'] = { Id: 'b'.repeat(64), Created: '0001-01-01T00:00:00Z' };
    answers['/images/t:1/history'] = [];
    const detail = await inspectImage(engine, 't:1');
    expect(detail).toMatchObject({ id: `sha256:${'b'.repeat(64)}`, createdAt: null, layerCount: 0, joinExact: true });
  });

  it('rejects an answer of another shape', async () => {
    answers['/images/t:1/history'] = { message: 'hello' };
    await expect(inspectImage(engine, 't:1')).rejects.toMatchObject({ data: { code: 'engine-failed' } });
  });

  it('reports that an image does not exist', async () => {
    const data = { code: 'image-not-found', reference: 'gone' };
    await expect(inspectImage(engine, 'gone')).rejects.toMatchObject({ data });
  });

  it.each(['../containers', 'a b', 'a?b=c', 'a%2f', '/a', ''])('sends no request for %j', async (name) => {
    const before = fake.requests.length;
    await expect(inspectImage(engine, name)).rejects.toMatchObject({ data: { code: 'image-not-found' } });
    expect(fake.requests).toHaveLength(before);
  });
});

describe('listImages', () => {
  it('lists the newest first, including untagged ones', async () => {
    answers['/images/json'] = [
      { Id: 'sha256:1', RepoTags: ['<none>:<none>'], Size: 1, Created: 1 },
      { Id: 'sha256:2', RepoTags: ['docker.io/ada/x:1'], Size: 2, Created: 2 },
      { Id: 'sha256:3', RepoTags: null, Size: 3, Created: 0 }
    ];
    expect(await listImages(engine)).toEqual([
      { id: 'sha256:2', tags: ['ada/x:1'], sizeBytes: 2, createdAt: 2000 },
      { id: 'sha256:1', tags: [], sizeBytes: 1, createdAt: 1000 },
      { id: 'sha256:3', tags: [], sizeBytes: 3, createdAt: 0 }
    ]);
  });
});
