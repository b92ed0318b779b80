import { describe, expect, it } from 'vitest';
import { remoteImageSchema, type RemoteImage } from '#contract/schema/remote-image.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import type { Login } from '#core/docker-config/login.ts';
import { readRemoteImage, type ResolvedRemoteImage } from '#core/registry/read-remote-image.ts';
import { digestOf, makeImage, makeIndex, serveImages, types } from './fake-image.ts';
import { basicOf, reply, serve, type FakeServer } from './fake-registry.ts';

const amd64 = makeImage('amd64', [Buffer.from('base'), Buffer.from('own layer')]);
const arm64 = makeImage('arm64', [Buffer.from('arm base')]);
const index = makeIndex({ 'linux/arm64/v8': arm64, 'linux/amd64': amd64 });

interface ReadOptions {
  platform?: string;
  login?: Login;
  tag?: string;
  signal?: AbortSignal;
}

function find(
  { host }: FakeServer,
  { platform, login, tag = ':1', signal }: ReadOptions = {}
): Promise<ResolvedRemoteImage> {
  return readRemoteImage({
    reference: `${host}/ada/x${tag}`,
    platform: platform ?? null,
    preferredPlatform: 'linux/amd64',
    loginFor: (options) => Promise.resolve(options === host ? (login ?? null) : null),
    ...(signal && { signal })
  });
}

const read = async (server: FakeServer, options?: ReadOptions): Promise<RemoteImage> =>
  (await find(server, options)).image;

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );

describe('readRemoteImage', () => {
  it('reads index, manifest and config, in three requests', async () => {
    const registry = await serveImages(index, [amd64, arm64]);
    const image = await read(registry);
    expect(remoteImageSchema.parse(image)).toEqual(image);
    expect(image).toMatchObject({
      reference: `${registry.host}/ada/x:1`,
      host: registry.host,
      digest: digestOf(index),
      manifestDigest: digestOf(amd64.manifest),
      platform: 'linux/amd64',
      platforms: ['linux/arm64/v8', 'linux/amd64'],
      compressedBytes: 13,
      rateLimit: { limit: 100, remaining: 98, windowSeconds: 21_600 }
    });
    expect(registry.seen).toHaveLength(3);
  });

  it('returns digest, diffID and compressed size of each layer', async () => {
    const image = await read(await serveImages(index, [amd64, arm64]));
    const digest = digestOf('own layer');
    expect(image.layers[1]).toEqual({
      digest,
      diffId: digestOf(`unpacked ${digest}`),
      mediaType: types.layer,
      compressedBytes: 9
    });
  });

  it('returns the config as stored in the registry', async () => {
    const { config, configDigest } = await find(await serveImages(amd64.manifest, [amd64]));
    expect(configDigest).toBe(digestOf(amd64.config));
    expect(config.config).toMatchObject({ Env: ['A=b'], Cmd: ['sh'], ExposedPorts: { '80/tcp': {} } });
    expect(config.history).toHaveLength(3);
  });

  it('chooses the requested platform, or any variant of it, and lists the available ones if it is missing', async () => {
    const registry = await serveImages(index, [amd64, arm64]);
    expect(await read(registry, { platform: 'linux/arm64' })).toMatchObject({
      platform: 'linux/arm64/v8',
      manifestDigest: digestOf(arm64.manifest)
    });
    expect(await failure(read(registry, { platform: 'linux/s390x' }))).toEqual({
      code: 'platform-not-found',
      platform: 'linux/s390x',
      platforms: ['linux/arm64/v8', 'linux/amd64']
    });
  });

  it('reads a plain manifest, by digest too', async () => {
    const registry = await serveImages(amd64.manifest, [amd64]);
    const image = await read(registry, { tag: `@${digestOf(amd64.manifest)}` });
    expect(image).toMatchObject({ digest: digestOf(amd64.manifest), platforms: ['linux/amd64'] });
    expect(registry.seen).toHaveLength(2);
    expect(await failure(read(registry, { platform: 'linux/arm64' }))).toMatchObject({ code: 'platform-not-found' });
  });

  it('uses the login of that host', async () => {
    const registry = await serveImages(amd64.manifest, [amd64], (seen, response) => {
      if (seen.authorization === basicOf('alice', 's3cret')) return false;
      reply(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
      return true;
    });
    const login = { username: 'alice', secret: 's3cret' };
    expect(await read(registry, { login })).toMatchObject({ platform: 'linux/amd64' });
    expect(await failure(read(registry))).toEqual({ code: 'registry-not-signed-in', host: registry.host });
    expect(await failure(read(registry, { login: { ...login, secret: 'wrong' } }))).toMatchObject({
      code: 'registry-wrong-password'
    });
  });

  it('distinguishes a login without access from a wrong one', async () => {
    const registry: FakeServer = await serve((seen, response) => {
      if (seen.url.pathname === '/token') {
        reply(response, 200, { token: 'empty' });
        return;
      }
      const error = seen.authorization === undefined ? '' : ',error="insufficient_scope"';
      const challenge = `Bearer realm="http://${registry.host}/token",service="x"${error}`;
      reply(response, 401, {}, { 'www-authenticate': challenge });
    });
    const login = { username: 'alice', secret: 's3cret' };
    expect(await failure(read(registry, { login }))).toEqual({
      code: 'registry-denied',
      host: registry.host,
      repository: 'ada/x',
      action: 'pull'
    });
    expect(await failure(read(registry))).toMatchObject({ code: 'registry-not-signed-in' });
  });

  it.each([
    [404, { code: 'registry-failed', status: 404, detail: 'MANIFEST_UNKNOWN manifest unknown' }],
    [429, { code: 'registry-rate-limited', retryAfterSeconds: 30 }],
    [403, { code: 'registry-not-signed-in' }],
    [500, { code: 'registry-failed', status: 500 }]
  ])('maps status %i of a registry', async (status, expected) => {
    const body = { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] };
    const registry = await serve((_seen, response) => reply(response, status, body, { 'retry-after': '30' }));
    expect(await failure(read(registry))).toMatchObject({ ...expected, host: registry.host });
  });

  it('reports a registry that does not answer, an invalid name, and a cancellation', async () => {
    const nobody = { host: '127.0.0.1:9', seen: [] };
    expect(await failure(read(nobody))).toMatchObject({ code: 'registry-unreachable', host: '127.0.0.1:9' });
    expect(await failure(read(nobody, { tag: ':' }))).toMatchObject({ code: 'reference-invalid' });
    const abort = new AbortController();
    const silent = await serve(() => abort.abort());
    expect(await failure(read(silent, { signal: abort.signal }))).toBeInstanceOf(Cancelled);
  });
});

describe('a registry with invalid content', () => {
  const refused = expect.objectContaining({ code: 'registry-failed' }) as unknown;

  it.each([
    ['an index that lists attestations only', makeIndex({}), []],
    ['text', 'hello', []],
    ['a manifest without layers', '{"config":{}}', []],
    [
      'a chart',
      JSON.stringify({
        config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: digestOf('x') },
        layers: []
      }),
      []
    ],
    ...(['[]', '{"rootfs":{"diff_ids":["a"]}}'] as const).map((config): [string, string, (typeof amd64)[]] => {
      const image = { ...amd64, config, manifest: amd64.manifest.replace(digestOf(amd64.config), digestOf(config)) };
      return [`the config ${config}`, image.manifest, [image]];
    })
  ])('is refused: %s', async (_what, top, images) => {
    expect(await failure(read(await serveImages(top, images)))).toEqual(refused);
  });

  it('is rejected: a manifest or config with another digest', async () => {
    const otherManifest = await serveImages(index, [amd64], (seen, response) => {
      if (!seen.url.pathname.includes(digestOf(amd64.manifest))) return false;
      reply(response, 200, arm64.manifest);
      return true;
    });
    expect(await failure(read(otherManifest))).toEqual(refused);
    const otherConfig = await serveImages(amd64.manifest, [amd64], (seen, response) => {
      if (!seen.url.pathname.includes('/blobs/')) return false;
      reply(response, 200, arm64.config);
      return true;
    });
    expect(await failure(read(otherConfig))).toEqual(refused);
  });

  it('is rejected: an endless manifest', async () => {
    const registry = await serve((_seen, response) => {
      const more = (): void => {
        if (response.destroyed) return;
        response.write(Buffer.alloc(1024 * 1024, 32), more);
      };
      response.writeHead(200);
      more();
    });
    expect(await failure(read(registry))).toEqual(refused);
  });
});
