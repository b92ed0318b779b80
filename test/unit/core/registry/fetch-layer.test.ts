import { createServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { fetchLayer } from '#core/registry/fetch-layer.ts';
import { RegistryClient } from '#core/registry/registry-client.ts';
import { openRegistry } from '#core/registry/registry-request.ts';
import { createGate } from '../../create-gate.ts';
import { digestOf } from './fake-image.ts';
import { basicOf, reply, serve, type FakeServer } from './fake-registry.ts';

const blob = Buffer.alloc(3_000_000, 'layer');
const layer = { digest: digestOf(blob), compressedBytes: blob.length };
const alice = { username: 'alice', secret: 's3cret' };

async function fetchAll({ host }: FakeServer, descriptor = layer, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const stream = await fetchLayer(new RegistryClient(host, alice), 'ada/x', descriptor, signal);
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );
const refused = expect.objectContaining({ code: 'registry-failed' }) as unknown;

describe('fetchLayer', () => {
  it('returns the blob unchanged, and follows redirects to storage without the login', async () => {
    const storage = await serve((_seen, response) => void response.writeHead(200).end(blob));
    const registry = await serve((seen, response) =>
      seen.authorization === basicOf('alice', 's3cret')
        ? reply(response, 307, '', { location: `http://${storage.host}/blob?signature=1` })
        : reply(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' })
    );
    // Compared as a whole: one by one, millions of bytes take the runner many seconds.
    expect((await fetchAll(registry)).equals(blob)).toBe(true);
    expect(storage.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
    expect(registry.seen.map(({ url }) => url.pathname)).toEqual([
      `/v2/ada/x/blobs/${layer.digest}`,
      `/v2/ada/x/blobs/${layer.digest}`
    ]);
  });

  it.each([
    ['other bytes', Buffer.alloc(blob.length, 'other')],
    ['less', blob.subarray(1)],
    ['more', Buffer.concat([blob, blob])]
  ])('fails for %s', async (_what, sent) => {
    const registry = await serve((_seen, response) => void response.writeHead(200).end(sent));
    expect(await failure(fetchAll(registry))).toEqual(refused);
  });

  it('sends no request for a digest that cannot be verified', async () => {
    const registry = await serve((_seen, response) => reply(response, 200));
    expect(await failure(fetchAll(registry, { ...layer, digest: 'md5:0' }))).toEqual(refused);
    expect(registry.seen).toEqual([]);
  });

  it('reports a missing blob immediately, and a broken connection', async () => {
    const empty = await serve((_seen, response) => reply(response, 404, { errors: [{ code: 'BLOB_UNKNOWN' }] }));
    expect(await failure(fetchLayer(new RegistryClient(empty.host, null), 'ada/x', layer))).toMatchObject({
      code: 'registry-failed',
      status: 404
    });
    const broken = await serve((_seen, response) => {
      response.writeHead(200, { 'content-length': blob.length });
      response.write(blob.subarray(0, 1000), () => response.destroy());
    });
    expect(await failure(fetchAll(broken))).toMatchObject({ code: 'registry-unreachable' });
  });

  it('is canceled midway, and closes the connection', async () => {
    const abort = new AbortController();
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const registry = await serve((_seen, response) => {
      response.on('close', closed);
      response.writeHead(200);
      response.write(blob.subarray(0, 1000), () => abort.abort());
    });
    expect(await failure(fetchAll(registry, layer, abort.signal))).toBeInstanceOf(Cancelled);
    await isClosed;
  });

  it('closes the connection of an unused stream', async () => {
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const registry = await serve((_seen, response) => {
      response.on('close', closed);
      response.writeHead(200);
      response.write(blob.subarray(0, 1000));
    });
    const stream = await fetchLayer(new RegistryClient(registry.host, null), 'ada/x', layer);
    stream.destroy();
    await isClosed;
  });
});

describe('openRegistry', () => {
  it('bounds a silence, and not how long the reader takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const readerIsSlow = createGate();
    const server = createServer((request, response) => {
      response.writeHead(200).write('a');
      if (request.url === '/continues') void readerIsSlow.passed.then(() => response.end('b'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as { port: number };
    const open = (path: string) =>
      openRegistry({
        host: 'fake',
        url: new URL(`http://127.0.0.1:${port}${path}`),
        otherOrigins: 'refuse',
        limitBytes: 10,
        limitMs: 150
      });
    const silent = await open('/silent');
    let chunks = 0;
    const reading = (async () => {
      for await (const chunk of silent.chunks ?? []) chunks += chunk.length;
    })();
    const failed = failure(reading);
    while (chunks === 0 || vi.getTimerCount() === 0) await nextTurn();
    vi.advanceTimersByTime(150);
    expect(await failed).toMatchObject({
      code: 'registry-unreachable',
      detail: { reason: 'no-answer', seconds: 0.15 }
    });
    const slow = await open('/continues');
    let text = '';
    for await (const chunk of slow.chunks ?? []) {
      text += Buffer.from(chunk).toString();
      vi.advanceTimersByTime(400);
      readerIsSlow.open();
    }
    expect(text).toBe('ab');
  });
});
