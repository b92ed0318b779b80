import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageLayerSizesSchema } from '#contract/schema/image.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { ImageLayersCache } from '#core/images/image-layers-cache.ts';
import { FakeEngine, scratchDir } from '../engine/fake-engine.ts';

const id = (digit: string): string => `sha256:${digit.repeat(64)}`;
const Comment = 'buildkit.dockerfile.v0';
const history = [
  { CreatedBy: 'CMD ["sh"]', Size: 0, Comment },
  { CreatedBy: 'COPY /empty / # buildkit', Size: 0, Comment },
  { CreatedBy: 'RUN make # buildkit', Size: 5, Comment },
  { CreatedBy: '', Size: 100, Comment: 'Imported from -' }
];

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let fake: FakeEngine;
let engine: EngineClient;

/** Adds an image to the engine. */
function addImage(digit: string, rows: object[], layers: string[]): void {
  fake.answers[`/images/${id(digit)}/json`] = (_request, response) =>
    void response.end(JSON.stringify({ Id: id(digit), RootFS: { Layers: layers } }));
  fake.answers[`/images/${id(digit)}/history`] = (_request, response) => void response.end(JSON.stringify(rows));
}

beforeEach(async () => {
  scratch = await scratchDir();
  fake = await new FakeEngine(scratch.path('e.sock')).start();
  engine = await connectEngine(fake.found);
  addImage('a', history, ['base', 'make', 'empty']);
});
afterEach(async () => {
  await fake.stop();
  await scratch.remove();
});

const countRequests = (): number => fake.requests.filter(({ url }) => url.includes('/images/')).length;

describe('ImageLayersCache', () => {
  it('matches diffIDs with the sizes of the history, base first', async () => {
    const read = await new ImageLayersCache().read(engine, [id('a')]);
    expect(read.map((image) => imageLayerSizesSchema.parse(image))).toEqual([
      {
        id: id('a'),
        layers: [
          { diffId: 'base', sizeBytes: 100 },
          { diffId: 'make', sizeBytes: 5 },
          { diffId: 'empty', sizeBytes: 0 }
        ],
        exact: true
      }
    ]);
  });

  it('reports if the sizes of layers are a guess', async () => {
    const rows = [
      { CreatedBy: '/bin/sh -c true', Size: 0 },
      { CreatedBy: '/bin/sh -c touch x', Size: 0 },
      history[3] ?? {}
    ];
    addImage('b', rows, ['base', 'one']);
    expect(await new ImageLayersCache().read(engine, [id('b')])).toMatchObject([{ exact: false }]);
  });

  it('requests each image once', async () => {
    const known = new ImageLayersCache();
    await known.read(engine, [id('a')]);
    const before = countRequests();
    expect(await known.read(engine, [id('a')])).toHaveLength(1);
    expect(countRequests()).toBe(before);
  });

  it('omits images that were removed meanwhile, and keeps the order of the others', async () => {
    const notFound: FakeEngine['answers'][string] = (_request, response) =>
      void response.writeHead(404).end('{"message":"No such image: gone"}');
    fake.answers[`/images/${id('0')}/json`] = notFound;
    fake.answers[`/images/${id('0')}/history`] = notFound;
    addImage('b', history, ['base', 'make', 'empty']);
    const read = await new ImageLayersCache().read(engine, [id('b'), id('0'), id('a')]);
    expect(read.map((image) => image.id)).toEqual([id('b'), id('a')]);
  });

  it('limits concurrent requests', async () => {
    let open = 0;
    let max = 0;
    const counting: EngineClient = Object.create(engine, {
      json: {
        value: async (request: Parameters<EngineClient['json']>[0]) => {
          max = Math.max(max, (open += 1));
          const answer = await engine.json(request);
          open -= 1;
          return answer;
        }
      }
    }) as EngineClient;
    const ids = Array.from({ length: 40 }, (_, index) => id((index % 10).toString()) + index.toString());
    for (const each of ids) {
      fake.answers[`/images/${each}/json`] = (_request, response) => void response.end(JSON.stringify({ Id: each }));
      fake.answers[`/images/${each}/history`] = (_request, response) => void response.end('[]');
    }
    expect(await new ImageLayersCache().read(counting, ids)).toHaveLength(40);
    expect(max).toBeGreaterThan(2);
    expect(max).toBeLessThanOrEqual(16);
  });

  it('reports that the engine was lost', async () => {
    fake.answers[`/images/${id('a')}/history`] = (request) => void request.socket.destroy();
    await expect(new ImageLayersCache().read(engine, [id('a')])).rejects.toMatchObject({
      data: { code: 'engine-lost' }
    });
  });
});
