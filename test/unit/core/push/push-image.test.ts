import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Reference } from '#contract/domain/reference.ts';
import type { EngineInfo } from '#contract/schema/engine.ts';
import type { PushEvent, PushLayer } from '#contract/schema/push.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { pushImage, type PushRequest } from '#core/push/push-image.ts';
import { reply, serve, type FakeServer } from '../registry/fake-registry.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const imageId = `sha256:${'12'.repeat(32)}`;
const reference: Reference = { domain: 'docker.io', path: 'ada/flask', tag: 'v1', digest: null };
const alice = { username: 'alice', secret: 's3cret' };
const done = { status: `v1: digest: ${digest} size: 1574` };

type Push = (response: ServerResponse, attempt: number) => void;

/** What the engine answers about the name that is pushed. */
interface Names {
  readonly inspect: (response: ServerResponse) => void;
  readonly remove: (response: ServerResponse) => void;
}
const taken: Names = {
  inspect: (response) => reply(response, 200, { RepoTags: ['app:1', 'ada/flask:v1'] }),
  remove: (response) => reply(response, 500, { message: 'it was there before' })
};

/** An engine that answers the handshake, the tag, and a push as the test defines. */
async function serveEngine(
  push: Push,
  info: Partial<EngineInfo> = {},
  names: Names = taken
): Promise<FakeServer & Pick<PushRequest, 'engine'>> {
  let attempts = 0;
  const server = await serve((seen, response) => {
    const path = seen.url.pathname.replace(/^\/v1\.\d+/, '');
    if (path === '/_ping') reply(response, 200, 'OK');
    else if (path === '/version') {
      reply(response, 200, {
        Version: '28.5.2',
        ApiVersion: '1.51',
        MinAPIVersion: '1.24',
        Os: 'linux',
        Arch: 'amd64'
      });
    } else if (path === '/info') {
      const containerd = [['driver-type', 'io.containerd.snapshotter.v1']];
      reply(response, 200, { Driver: 'overlay2', DriverStatus: info.store === 'containerd' ? containerd : [] });
    } else if (path.endsWith('/tag')) response.writeHead(201).end();
    else if (path === '/images/docker.io/ada/flask:v1/json') names.inspect(response);
    else if (path === '/images/docker.io/ada/flask:v1') names.remove(response);
    else if (path.endsWith('/push')) push(response, (attempts += 1));
    else reply(response, 404, { message: `unexpected ${path}` });
  });
  const [host = '', port] = server.host.split(':');
  const candidate = { id: 'e', name: 'Test engine', source: 'docker-host', address: `tcp://${server.host}` } as const;
  const target = { kind: 'tcp', host, port: Number(port) } as const;
  return { ...server, engine: await connectEngine({ candidate, target, automatic: true }) };
}

const sendLines =
  (...lines: object[]): Push =>
  (response) =>
    void response.writeHead(200).end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

async function run(
  push: Push,
  options: { store?: string; names?: Names; request?: Partial<PushRequest>; signal?: AbortSignal } = {}
): Promise<{ events: PushEvent[]; outcome: unknown; server: FakeServer }> {
  const { engine, ...server } = await serveEngine(
    push,
    options.store === undefined ? {} : { store: options.store },
    options.names
  );
  const events: PushEvent[] = [];
  const job = {
    signal: options.signal ?? new AbortController().signal,
    emit: (event: PushEvent) => void events.push(event)
  };
  const outcome: unknown = await pushImage({ engine, imageId, reference, login: alice, ...options.request }, job).catch(
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );
  expect(JSON.stringify([events, outcome])).not.toContain('s3cret');
  return { events, outcome, server };
}

const layersOf = (events: PushEvent[]): PushLayer[] =>
  events.flatMap((event) => (event.kind === 'layer' ? [event.layer] : []));

describe('pushImage', () => {
  it('tags, pushes with the login, and ends with the digest of a graph driver', async () => {
    const { events, outcome, server } = await run(
      sendLines(
        { status: 'The push refers to repository [docker.io/ada/flask]' },
        { status: 'Preparing', progressDetail: {}, id: 'aaaaaaaaaaaa' },
        { status: 'Preparing', progressDetail: {}, id: 'bbbbbbbbbbbb' },
        { status: 'Pushing', progressDetail: { current: 512, total: 6 }, id: 'aaaaaaaaaaaa' },
        { status: 'Pushed', progressDetail: {}, id: 'aaaaaaaaaaaa' },
        { status: 'Layer already exists', progressDetail: {}, id: 'bbbbbbbbbbbb' },
        done,
        { progressDetail: {}, aux: { Tag: 'v1', Digest: digest, Size: 1574 } }
      ),
      { request: { layerHint: (id) => (id.startsWith('b') ? { label: 'FROM', sizeBytes: 100 } : null) } }
    );
    expect(outcome).toMatchObject({
      reference: 'docker.io/ada/flask:v1',
      digest,
      nothingSent: false,
      url: 'https://hub.docker.com/r/ada/flask'
    });
    expect(events[0]).toEqual({
      kind: 'started',
      reference: 'docker.io/ada/flask:v1',
      host: 'docker.io',
      username: 'alice',
      sizes: 'uncompressed'
    });
    const layers = layersOf(events);
    expect(layers.filter(({ id }) => id === 'aaaaaaaaaaaa').map(({ state, sentBytes }) => [state, sentBytes])).toEqual([
      ['preparing', 0],
      ['pushing', 6],
      ['pushed', 6]
    ]);
    expect(layers.at(-1)).toEqual({
      id: 'bbbbbbbbbbbb',
      state: 'exists',
      sentBytes: 0,
      totalBytes: 100,
      label: 'FROM'
    });
    const [tag, push] = server.seen.slice(-2);
    expect(decodeURIComponent(tag?.url.pathname ?? '')).toBe(`/v1.51/images/${imageId}/tag`);
    expect(Object.fromEntries(tag?.url.searchParams ?? [])).toEqual({ repo: 'docker.io/ada/flask', tag: 'v1' });
    expect(`${push?.url.pathname}${push?.url.search}`).toBe('/v1.51/images/docker.io/ada/flask/push?tag=v1');
  });

  it('reads the digest of the last status line, and detects that nothing was sent', async () => {
    const { outcome, events } = await run(
      sendLines(
        { status: 'Waiting', id: 'aaaaaaaaaaaa' },
        { status: 'Layer already exists', id: 'aaaaaaaaaaaa' },
        { status: 'Mounted from ada/base', id: 'bbbbbbbbbbbb' },
        done
      ),
      { store: 'containerd', request: { login: null } }
    );
    expect(outcome).toMatchObject({ digest, nothingSent: true });
    expect(events[0]).toMatchObject({ sizes: 'compressed', username: null });
  });

  it('throttles progress but reports every change of state', async () => {
    const progress = Array.from({ length: 2000 }, (_, current) => ({
      status: 'Pushing',
      progressDetail: { current, total: 2000 },
      id: 'aaaaaaaaaaaa'
    }));
    const { events } = await run(sendLines(...progress, { status: 'Pushed', id: 'aaaaaaaaaaaa' }, done));
    const layers = layersOf(events);
    expect(layers.length).toBeLessThan(100);
    expect(layers.at(-1)).toMatchObject({ state: 'pushed', sentBytes: 2000, totalBytes: 2000 });
  });

  it('reports the error in the stream', async () => {
    const denied = 'denied: requested access to the resource is denied';
    const { outcome } = await run(sendLines({ errorDetail: { message: denied }, error: 'old field' }));
    const repository = 'ada/flask';
    expect(outcome).toEqual({ code: 'registry-denied', host: 'docker.io', repository, action: 'push', detail: denied });
  });

  it.each([
    ['removes the tag that it added', ['app:1', 'ada/flask:v1'], 1],
    ["keeps the image's only tag", ['ada/flask:v1'], 0]
  ])('when it is refused, it %s', async (_what, RepoTags, removals) => {
    let inspections = 0;
    let removed = 0;
    const names: Names = {
      inspect: (response) => {
        inspections += 1;
        if (inspections === 1) reply(response, 404, { message: 'No such image: docker.io/ada/flask:v1' });
        else reply(response, 200, { RepoTags });
      },
      remove: (response) => {
        removed += 1;
        reply(response, 200, [{ Untagged: 'ada/flask:v1' }]);
      }
    };
    const denied = sendLines({ error: 'denied: requested access to the resource is denied' });
    expect((await run(denied, { names })).outcome).toMatchObject({ code: 'registry-denied' });
    expect(removed).toBe(removals);
    inspections = removed = 0;
    expect((await run(sendLines(done), { names })).outcome).toMatchObject({ digest });
    expect(removed).toBe(0);
  });

  it.each([
    ['while the engine still retries', { status: 'Retrying in 5 seconds', id: 'aaaaaaaaaaaa' }],
    ['at the end', { error: 'received unexpected HTTP status: 500 Internal Server Error' }]
  ])('checks for a full disk of the registry: %s', async (_when, line) => {
    const detail = { DriverName: 'filesystem', Enclosed: { Op: 'write', Path: '/startedat', Err: 28 } };
    const registry = await serve((_seen, response) => {
      reply(response, 500, { errors: [{ code: 'UNKNOWN', message: 'unknown error', detail }] });
    });
    const { outcome } = await run(
      sendLines(line, { error: 'received unexpected HTTP status: 500 Internal Server Error' }),
      {
        request: { reference: { ...reference, domain: registry.host } }
      }
    );
    expect(outcome).toEqual({ code: 'registry-disk-full', host: registry.host, detail: 'UNKNOWN unknown error' });
    expect(registry.seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'POST /v2/ada/flask/blobs/uploads/'
    ]);
  });

  it('cancels the upload of that check, and reports other errors like the engine', async () => {
    const registry = await serve(({ method }, response) => {
      if (method === 'POST') reply(response, 202, '', { location: '/v2/ada/flask/blobs/uploads/1?_state=s' });
      else reply(response, 204, '');
    });
    const { outcome } = await run(sendLines({ error: 'received unexpected HTTP status: 500 Internal Server Error' }), {
      request: { reference: { ...reference, domain: registry.host } }
    });
    expect(outcome).toMatchObject({ code: 'registry-failed', host: registry.host });
    expect(registry.seen.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it('retries by itself on the containerd store, and reports it', async () => {
    const broken = sendLines(
      { status: 'Pushing', progressDetail: { current: 1, total: 9 }, id: 'aaaaaaaaaaaa' },
      { error: 'failed to copy: Put "http://x/?_state=1": connection reset by peer' }
    );
    const push: Push = (response, attempt) => (attempt === 1 ? broken : sendLines(done))(response, attempt);
    const { outcome, events } = await run(push, { store: 'containerd', request: { retryDelaysMs: [2] } });
    expect(outcome).toMatchObject({ digest });
    expect(events.filter(({ kind }) => kind === 'retry')).toEqual([{ kind: 'retry', waitSeconds: 0.002 }]);
    const driver = await run(push);
    expect(driver.outcome).toMatchObject({ code: 'registry-unreachable' });
  });

  it('does not retry if the registry was never reached', async () => {
    const { outcome, server } = await run(
      sendLines({ status: 'Waiting', id: 'aaaaaaaaaaaa' }, { error: 'dial tcp: connect: connection refused' }),
      { store: 'containerd' }
    );
    expect(outcome).toMatchObject({ code: 'registry-unreachable' });
    expect(server.seen.filter(({ url }) => url.pathname.endsWith('/push'))).toHaveLength(1);
  });

  it('fails without a digest, and reports a lost engine', async () => {
    expect((await run(sendLines({ status: 'The push refers to repository [x]' }))).outcome).toMatchObject({
      code: 'engine-failed'
    });
    const dies: Push = (response) => {
      response.writeHead(200).write('{"status":"Pushing","id":"aaaaaaaaaaaa"}\n', () => response.destroy());
    };
    expect((await run(dies)).outcome).toEqual({ code: 'engine-lost', engine: 'Test engine' });
  });

  it("stops when canceled, and closes the engine's connection", async () => {
    const abort = new AbortController();
    let closed: Promise<void> | undefined;
    const push: Push = (response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      response.writeHead(200).write('{"status":"Pushing","id":"aaaaaaaaaaaa"}\n', () => abort.abort());
    };
    expect((await run(push, { signal: abort.signal })).outcome).toBeInstanceOf(Cancelled);
    await closed;
  });

  it('rejects a digest as the target and an invalid image id', async () => {
    const toDigest = await run(sendLines(done), { request: { reference: { ...reference, digest } } });
    expect(toDigest.outcome).toMatchObject({ code: 'reference-invalid' });
    const forged = await run(sendLines(done), { request: { imageId: '../../containers/create' } });
    expect(forged.outcome).toMatchObject({ code: 'image-not-found' });
    expect(forged.server.seen.some(({ url }) => url.pathname.includes('containers'))).toBe(false);
  });
});
