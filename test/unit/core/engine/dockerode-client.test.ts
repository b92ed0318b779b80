import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { FakeEngine, scratchDir } from './fake-engine.ts';

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let engine: FakeEngine;
let client: EngineClient;

beforeEach(async () => {
  scratch = await scratchDir();
  engine = await new FakeEngine(scratch.path('e.sock')).start();
  client = await connectEngine(engine.found);
});

afterEach(async () => {
  await engine.stop();
  await scratch.remove();
});

const say =
  (status: number, body: string) =>
  (_request: unknown, response: import('node:http').ServerResponse): void =>
    void response.writeHead(status).end(body);

describe('a request', () => {
  it('goes to the pinned version with its query, filters as JSON and lists by repetition', async () => {
    engine.answers['/images/json'] = say(200, '[]');
    const query = { all: true, limit: 2, none: undefined, filters: { dangling: ['true'] }, names: ['a', 'b'] };
    expect(await client.json({ method: 'GET', path: '/images/json', query })).toEqual([]);
    const url = new URL(engine.requests.at(-1)?.url ?? '', 'http://engine');
    expect(url.pathname).toBe('/v1.51/images/json');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      all: 'true',
      limit: '2',
      filters: '{"dangling":["true"]}',
      names: 'b'
    });
    expect(url.searchParams.getAll('names')).toEqual(['a', 'b']);
  });

  it('sends JSON, streams and empty bodies', async () => {
    engine.answers['/echo'] = (request, response) => {
      response.setHeader('seen-type', request.headers['content-type'] ?? 'none');
      request.pipe(response);
    };
    expect(await client.json({ method: 'POST', path: '/echo', query: { a: 1 }, json: { b: 2 } })).toEqual({ b: 2 });
    const body = Readable.from([Buffer.from('[1,'), Buffer.from('2]')], { objectMode: false });
    expect(await client.json({ method: 'POST', path: '/echo', body })).toEqual([1, 2]);
    expect(await client.json({ method: 'POST', path: '/echo', query: { a: 1 } })).toBeUndefined();
    expect(await client.json({ method: 'DELETE', path: '/echo' })).toBeUndefined();
  });

  it('sends registry logins as padded base64url', async () => {
    engine.answers['/x'] = say(200, '{}');
    const login = { username: 'ü???>>>', password: 'ÿÿÿ~' };
    await client.json({ method: 'POST', path: '/x', registryAuth: login, registryConfig: { 'r:5000': login } });
    for (const [name, value] of [
      ['x-registry-auth', login],
      ['x-registry-config', { 'r:5000': login }]
    ] as const) {
      const header = String(engine.requests.at(-1)?.headers[name]);
      expect(header).toMatch(/^[\w-]+={0,2}$/);
      expect(header.length % 4).toBe(0);
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual(value);
    }
  });

  it('does not follow a redirect', async () => {
    engine.answers['/x'] = (_request, response) =>
      response.writeHead(302, { location: 'ftp://elsewhere/' }).end('moved');
    await expect(client.json({ method: 'GET', path: '/x' })).rejects.toMatchObject({
      data: { code: 'engine-failed', status: 302 }
    });
  });

  it('upgrades, keeping bytes that arrived with the response', async () => {
    const controller = new AbortController();
    const socket = await client.upgrade({
      method: 'POST',
      path: '/session',
      headers: { Upgrade: 'h2c', 'X-Name': 'slipway' },
      signal: controller.signal
    });
    expect(engine.requests.at(-1)?.headers).toMatchObject({
      upgrade: 'h2c',
      connection: 'Upgrade',
      'x-name': 'slipway'
    });
    socket.write(' world');
    let text = '';
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      text += chunk.toString();
      if (text === 'hello world') break;
    }
    expect(text).toBe('hello world');
    controller.abort();
    expect(socket.destroyed).toBe(true);
  });

  it('rejects an upgrade that gets a normal response', async () => {
    await engine.stop();
    const server = createServer((socket) => socket.resume().end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'));
    await new Promise<void>((resolve) => void server.listen(engine.socketPath, resolve));
    await expect(client.upgrade({ method: 'POST', path: '/session' })).rejects.toMatchObject({
      data: { code: 'engine-failed', status: 404 }
    });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('an error', () => {
  it.each([
    [500, '{"message":"write /x: no space left on device"}', { code: 'engine-disk-full' }],
    [404, '{"message":"No such image: a/b:1"}', { code: 'image-not-found', reference: 'a/b:1' }],
    [
      404,
      '{"message":"no such image: a: No such image: a:latest"}',
      { code: 'image-not-found', reference: 'a:latest' }
    ],
    [404, '{"cause":"x","message":"b: image not known","response":404}', { code: 'image-not-found', reference: 'b' }],
    [404, '{"message":"page not found"}', { code: 'engine-failed', status: 404, detail: 'page not found' }],
    [409, '{"message":"must be forced"}', { code: 'engine-failed', status: 409, detail: 'must be forced' }],
    [502, '<html>bad\u001b[31m gateway', { code: 'engine-failed', status: 502, detail: '<html>bad gateway' }],
    [500, '{"message":7}', { code: 'engine-failed', status: 500, detail: '{"message":7}' }],
    [
      500,
      '{"message":"Put \\"https://me:pw@r.io/v2/?_state=SECRET\\": refused"}',
      { code: 'engine-failed', status: 500, detail: 'Put "https://r.io/v2/": refused' }
    ]
  ])('%i %s', async (status, body, expected) => {
    engine.answers['/x'] = say(status, body);
    await expect(client.json({ method: 'GET', path: '/x' })).rejects.toMatchObject({ data: expected });
  });

  it('with a huge body is truncated, not read completely', async () => {
    engine.answers['/x'] = (_request, response) => {
      response.writeHead(500);
      Readable.from(endless(), { objectMode: false })
        .on('error', () => undefined)
        .pipe(response);
    };
    const error: unknown = await client.json({ method: 'GET', path: '/x' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { code: 'engine-failed', status: 500 } });
    expect((error as AppError).data).toHaveProperty('detail.length', 4000);
  });

  it('reports that a response is too long', async () => {
    engine.answers['/x'] = (_request, response) => {
      Readable.from(endless(), { objectMode: false })
        .on('error', () => undefined)
        .pipe(response);
    };
    await expect(client.json({ method: 'GET', path: '/x' })).rejects.toMatchObject({
      data: { code: 'engine-failed', detail: { reason: 'answer-too-long', limitBytes: expect.any(Number) as number } }
    });
  });

  it('reports that a response is not JSON', async () => {
    engine.answers['/x'] = say(200, '<html>');
    await expect(client.json({ method: 'GET', path: '/x' })).rejects.toMatchObject({ data: { code: 'engine-failed' } });
  });

  it('is engine-lost when the engine is gone, and while an answer streams', async () => {
    engine.answers['/x'] = (_request, response) => void response.writeHead(200).write('{"a":1}\n');
    const stream = await client.stream({ method: 'GET', path: '/x' });
    const reading = stream.forEach(() => undefined);
    await engine.stop();
    await expect(reading).rejects.toMatchObject({ data: { code: 'engine-lost', engine: 'Fake' } });
    await expect(client.json({ method: 'GET', path: '/x' })).rejects.toMatchObject({ data: { code: 'engine-lost' } });
  });

  it('keeps the break of a stream until somebody reads it', async () => {
    engine.answers['/x'] = (request, response) => void response.write('{', () => request.socket.destroy());
    const stream = await client.stream({ method: 'GET', path: '/x' });
    await vi.waitFor(() => expect(stream.errored).not.toBeNull(), 10_000);
    const reading = (async () => {
      await stream.toArray();
    })();
    await expect(reading).rejects.toMatchObject({ data: { code: 'engine-lost' } });
  });

  it('is engine-lost when the engine disconnects before it responds', async () => {
    engine.answers['/x'] = (request) => void request.socket.destroy();
    await expect(client.json({ method: 'GET', path: '/x' })).rejects.toMatchObject({ data: { code: 'engine-lost' } });
  });

  it("of the request's body passes unchanged", async () => {
    engine.answers['/x'] = (request) => void request.resume();
    const vanished = new AppError('file-missing', { file: 'a.txt' });
    const body = new Readable({ read: () => body.destroy(vanished) });
    await expect(client.json({ method: 'POST', path: '/x', body })).rejects.toBe(vanished);
  });

  it('never shows a header', async () => {
    const error: unknown = await client
      .json({ method: 'POST', path: '/x', headers: { 'X-Bad': 'sec\nret' } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(JSON.stringify((error as AppError).data) + String((error as AppError).cause)).not.toContain('sec');
  });
});

describe('an abort', () => {
  it('before the request sends nothing and closes the body', async () => {
    const before = engine.requests.length;
    const body = Readable.from(['x']);
    const request = { method: 'POST', path: '/x', signal: AbortSignal.abort(), body } as const;
    await expect(client.json(request)).rejects.toBeInstanceOf(Cancelled);
    expect(engine.requests).toHaveLength(before);
    expect(body.destroyed).toBe(true);
  });

  it('before the first byte is Cancelled and disconnects', async () => {
    const controller = new AbortController();
    const hungUp = new Promise<void>((resolve) => {
      engine.answers['/x'] = (request) => {
        request.socket.once('close', resolve);
        controller.abort();
      };
    });
    const request = { method: 'GET', path: '/x', signal: controller.signal } as const;
    await expect(client.stream(request)).rejects.toBeInstanceOf(Cancelled);
    await hungUp;
  });

  it('while streaming is Cancelled and disconnects', async () => {
    const controller = new AbortController();
    const hungUp = new Promise<void>((resolve) => {
      engine.answers['/x'] = (request, response) => {
        request.socket.once('close', resolve);
        response.write('first');
      };
    });
    const stream = await client.stream({ method: 'GET', path: '/x', signal: controller.signal });
    const reading = stream.forEach(() => controller.abort());
    await expect(reading).rejects.toBeInstanceOf(Cancelled);
    await hungUp;
  });
});

it('closes the connection when the reader destroys the stream', async () => {
  const hungUp = new Promise<void>((resolve) => {
    engine.answers['/x'] = (request, response) => {
      request.socket.once('close', resolve);
      response.flushHeaders();
    };
  });
  (await client.stream({ method: 'GET', path: '/x' })).destroy();
  await hungUp;
});

async function* endless(): AsyncGenerator<Buffer> {
  const block = Buffer.alloc(1024 * 1024, 'x');
  for (;;) yield await Promise.resolve(block);
}
