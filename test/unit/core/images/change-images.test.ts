import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { transferEventSchema, type TransferEvent } from '#contract/schema/transfer.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { listImageUsers } from '#core/images/list-image-users.ts';
import { loadArchive } from '#core/images/load-archive.ts';
import { removeImage } from '#core/images/remove-image.ts';
import { saveImages } from '#core/images/save-images.ts';
import { addTag } from '#core/images/tag-image.ts';
import { FakeEngine, scratchDir } from '../engine/fake-engine.ts';

const id = `sha256:${'a'.repeat(64)}`;
/** The smallest tar: only its end. */
const tar = Buffer.alloc(10_240);

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let fake: FakeEngine;
let engine: EngineClient;
let events: TransferEvent[];
let abort: AbortController;

beforeEach(async () => {
  scratch = await scratchDir();
  fake = await new FakeEngine(scratch.path('e.sock')).start();
  engine = await connectEngine(fake.found);
  events = [];
  abort = new AbortController();
  mkdirSync(scratch.path('out'));
});
afterEach(async () => {
  await fake.stop();
  await scratch.remove();
});

const job = () => ({ signal: abort.signal, emit: (event: TransferEvent) => void events.push(event) });
const say = (path: string, body: string | Buffer, status = 200): void => {
  fake.answers[path] = (_request, response) => void response.writeHead(status).end(body);
};
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );
const left = (): string[] => readdirSync(scratch.path('out'));

describe('removeImage', () => {
  it('reports what was removed', async () => {
    say('/images/ada/x:1', JSON.stringify([{ Untagged: 'docker.io/ada/x:1' }, { Deleted: id }]));
    expect(await removeImage(engine, 'ada/x:1', false)).toEqual({ untagged: ['ada/x:1'], deleted: [id] });
    expect(fake.requests.at(-1)).toMatchObject({ method: 'DELETE' });
    expect(fake.requests.at(-1)?.url).toContain('force=false');
  });

  it('reports that a container uses it', async () => {
    const message = 'conflict: unable to delete a (cannot be forced) - image is being used by running container b';
    say('/images/ada/x:1', JSON.stringify({ message }), 409);
    expect(await failure(removeImage(engine, 'ada/x:1', true))).toEqual({
      code: 'image-in-use',
      reference: 'ada/x:1',
      detail: message
    });
  });
});

describe('addTag', () => {
  it('sends the full name, with a tag', async () => {
    say(`/images/${id}/tag`, '', 201);
    await addTag(engine, id, 'ada/x');
    const { searchParams } = new URL(fake.requests.at(-1)?.url ?? '', 'http://engine');
    expect(Object.fromEntries(searchParams)).toEqual({ repo: 'docker.io/ada/x', tag: 'latest' });
  });

  it.each([
    ['ada/X', 'uppercase'],
    [`ada/x@sha256:${'0'.repeat(64)}`, 'bad-digest']
  ])('sends no request for %s', async (name, reason) => {
    expect(await failure(addTag(engine, id, name))).toMatchObject({ code: 'reference-invalid', reason });
  });
});

describe('listImageUsers', () => {
  it('distinguishes running containers from those that only use the image', async () => {
    const containers = [
      { Id: '1'.repeat(64), Names: ['/web'], ImageID: id, State: 'running' },
      { Id: '2'.repeat(64), Names: null, ImageID: 'a'.repeat(64), State: 'exited' }
    ];
    say('/containers/json', JSON.stringify(containers));
    expect(await listImageUsers(engine)).toEqual([
      { imageId: id, container: 'web', running: true },
      { imageId: id, container: '222222222222', running: false }
    ]);
    expect(fake.requests.at(-1)?.url).toContain('all=true');
  });
});

describe('saveImages', () => {
  const path = (): string => scratch.path('out/x.tar');
  beforeEach(() => {
    for (const image of ['x', 'ada/x:1', id]) say(`/images/${image}/json`, '{}');
  });

  it('writes the complete archive, replacing the existing file', async () => {
    writeFileSync(path(), 'old');
    say('/images/get', tar);
    expect(await saveImages(engine, ['ada/x:1', id], path(), job())).toEqual({
      kind: 'saved',
      file: 'x.tar',
      sizeBytes: tar.length
    });
    expect(readFileSync(path())).toEqual(tar);
    expect(left()).toEqual(['x.tar']);
    const { searchParams } = new URL(fake.requests.at(-1)?.url ?? '', 'http://engine');
    expect(searchParams.getAll('names')).toEqual(['ada/x:1', id]);
    expect(events.map((event) => transferEventSchema.parse(event)).at(-1)).toEqual({
      kind: 'progress',
      doneBytes: tar.length,
      totalBytes: null
    });
  });

  it("keeps the existing file if the engine's archive is incomplete", async () => {
    writeFileSync(path(), 'old');
    say('/images/get', Buffer.concat([tar.subarray(0, 5120), Buffer.from('{"message":"no space left on device"}')]));
    expect(await failure(saveImages(engine, ['x'], path(), job()))).toMatchObject({ code: 'archive-damaged' });
    expect(readFileSync(path(), 'utf8')).toBe('old');
    expect(left()).toEqual(['x.tar']);
  });

  it('leaves nothing when it is cancelled, or the engine is lost', async () => {
    fake.answers['/images/get'] = (_request, response) => void response.write(tar);
    const saving = failure(saveImages(engine, ['x'], path(), job()));
    await vi.waitFor(() => expect(left()).toHaveLength(1), 10_000);
    abort.abort();
    expect(await saving).toBeInstanceOf(Cancelled);
    expect(left()).toEqual([]);
    abort = new AbortController();
    fake.answers['/images/get'] = (request, response) => void response.write(tar, () => request.socket.destroy());
    expect(await failure(saveImages(engine, ['x'], path(), job()))).toMatchObject({ code: 'engine-lost' });
    expect(left()).toEqual([]);
  });

  it('reports why the file could not be written, and that the image does not exist', async () => {
    say('/images/get', tar);
    expect(await failure(saveImages(engine, ['x'], scratch.path('none/x.tar'), job()))).toMatchObject({
      code: 'archive-unwritable',
      archive: 'x.tar'
    });
    say('/images/x/json', '{"message":"No such image: x"}', 404);
    expect(await failure(saveImages(engine, ['x'], path(), job()))).toMatchObject({ code: 'image-not-found' });
  });
});

describe('loadArchive', () => {
  const path = (): string => scratch.path('out/x.tar');
  const answerWith = (lines: object[]): void => {
    fake.answers['/images/load'] = (request, response) => {
      request.resume().on('end', () => response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    };
  };

  it('sends the file and names the loaded images', async () => {
    writeFileSync(path(), tar);
    answerWith([{ stream: 'Loaded image: docker.io/ada/x:1\n' }, { stream: `Loaded image ID: ${id}\n` }]);
    const result = await loadArchive(engine, path(), job());
    expect(result).toEqual({ kind: 'loaded', file: 'x.tar', images: ['ada/x:1', id] });
    expect(events.at(-1)).toEqual({ kind: 'progress', doneBytes: tar.length, totalBytes: tar.length });
  });

  it('parses the response of Podman', async () => {
    writeFileSync(path(), tar);
    answerWith([{ stream: 'Loaded image(s): localhost/a:1,docker.io/library/b:2\n' }]);
    expect(await loadArchive(engine, path(), job())).toMatchObject({ images: ['localhost/a:1', 'b:2'] });
  });

  it.each([
    [{ errorDetail: { message: 'open manifest.json: no such file' } }, 'archive-refused'],
    [{ error: 'write /x: no space left on device' }, 'engine-disk-full']
  ])('reports an error of the engine: %j', async (line, code) => {
    writeFileSync(path(), tar);
    answerWith([line]);
    expect(await failure(loadArchive(engine, path(), job()))).toMatchObject({ code });
  });

  it('says that the engine refuses at once, and that the file cannot be read', async () => {
    writeFileSync(path(), tar);
    fake.answers['/images/load'] = (request, response) => {
      request.resume().on('end', () => response.writeHead(500).end('{"message":"invalid tar header"}'));
    };
    expect(await failure(loadArchive(engine, path(), job()))).toEqual({
      code: 'archive-refused',
      archive: 'x.tar',
      detail: 'invalid tar header'
    });
    expect(await failure(loadArchive(engine, scratch.path('out/none.tar'), job()))).toMatchObject({
      code: 'archive-unreadable',
      archive: 'none.tar'
    });
    expect(await failure(loadArchive(engine, scratch.path('out'), job()))).toMatchObject({
      code: 'archive-unreadable'
    });
  });

  it('reports a file that cannot be read to its end', async () => {
    answerWith([]);
    // Its first bytes belong to no memory.
    expect(await failure(loadArchive(engine, '/proc/self/mem', job()))).toMatchObject({
      code: 'archive-unreadable',
      archive: 'mem',
      detail: expect.stringContaining('EIO') as string
    });
  });

  it('is cancelled before the engine reads, and in the middle', async () => {
    writeFileSync(path(), Buffer.alloc(30_000_000));
    abort.abort();
    expect(await failure(loadArchive(engine, path(), job()))).toBeInstanceOf(Cancelled);
    abort = new AbortController();
    fake.answers['/images/load'] = (request) => {
      request.once('data', () => {
        request.pause();
        abort.abort();
      });
    };
    expect(await failure(loadArchive(engine, path(), job()))).toBeInstanceOf(Cancelled);
  });
});
