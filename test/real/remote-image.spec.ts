import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReference } from '#contract/domain/reference.ts';
import { remoteImageSchema, type RemoteImage } from '#contract/schema/remote-image.ts';
import { AppError } from '#core/util/app-error.ts';
import type { Login } from '#core/docker-config/login.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { cleanCreatedBy } from '#core/oci/clean-created-by.ts';
import { readSettings } from '#core/compare/image-settings.ts';
import { inspectImage } from '#core/images/inspect-image.ts';
import { fetchLayer } from '#core/registry/fetch-layer.ts';
import { pushImage } from '#core/push/push-image.ts';
import { readRemoteImage, type ResolvedRemoteImage } from '#core/registry/read-remote-image.ts';
import { RegistryClient } from '#core/registry/registry-client.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { build } from './run-test-build.ts';

let engine: RealEngine;
let client: EngineClient;
let imageId: string;

const dockerfile = `FROM busybox
ENV GREETING=hello
RUN echo made > /made
WORKDIR /work
EXPOSE 8080
LABEL a=b
HEALTHCHECK --interval=5s CMD true
USER 1000
ENTRYPOINT ["cat", "/made"]
`;

beforeAll(async () => {
  engine = await startEngine();
  client = await connectTo(engine);
  await loadBusybox(engine);
  const built = await build(client, dockerfile);
  imageId = built.imageId ?? '';
}, 90_000);
afterAll(() => engine.stop(), 30_000);

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => (error instanceof AppError ? error.data : error));

describe.each(['htpasswd', 'token'] as const)('a registry with %s', (auth) => {
  let registry: RealRegistry;
  beforeAll(async () => {
    registry = await startRegistry(auth);
    const parsed = parseReference(`${registry.host}/alice/x:1`);
    if (!parsed.ok) throw new Error(parsed.reason);
    const request = { engine: client, imageId, reference: parsed.reference, login: users.alice };
    await pushImage(request, { signal: new AbortController().signal, emit: () => undefined });
  }, 60_000);
  afterAll(() => registry.stop());

  function find(path = 'alice/x:1', login: Login | null = users.alice): Promise<ResolvedRemoteImage> {
    return readRemoteImage({
      reference: `${registry.host}/${path}`,
      platform: null,
      preferredPlatform: 'linux/amd64',
      loginFor: (host) => Promise.resolve(host === registry.host ? login : null)
    });
  }
  const read = async (...args: Parameters<typeof find>): Promise<RemoteImage> => (await find(...args)).image;

  it('describes a pushed image like the engine does, without a pull', async () => {
    const [{ image, config }, local] = await Promise.all([find(), inspectImage(client, imageId)]);
    expect(remoteImageSchema.parse(image)).toEqual(image);
    const localLayers = local.history.flatMap(({ diffId }) => diffId ?? []);
    expect(image.layers.map(({ diffId }) => diffId)).toEqual(localLayers);
    expect(config.history.map((row) => cleanCreatedBy(row.created_by))).toEqual(
      local.history.map(({ instruction }) => instruction)
    );
    expect(image).toMatchObject({ platform: local.platform, rateLimit: null });
    expect(readSettings(config)).toMatchObject({
      entrypoint: ['cat', '/made'],
      user: '1000',
      workdir: '/work',
      ports: ['8080/tcp'],
      labels: new Map([['a', 'b']])
    });
    expect(readSettings(config).env.get('GREETING')).toBe('hello');
  });

  it('fetches a layer that decompresses to its diffID', async () => {
    const image = await read();
    const remote = new RegistryClient(registry.host, users.alice);
    for (const layer of image.layers) {
      const hash = createHash('sha256');
      const stream = await fetchLayer(remote, 'alice/x', layer);
      for await (const chunk of stream.pipe(createGunzip()) as AsyncIterable<Buffer>) hash.update(chunk);
      expect(`sha256:${hash.digest('hex')}`).toBe(layer.diffId);
    }
  });

  it('reports what is missing, and who is not authorized', async () => {
    const { host } = registry;
    expect(await failure(read('alice/x:none'))).toMatchObject({ code: 'registry-failed', status: 404 });
    expect(await failure(read('alice/x:1', null))).toMatchObject({ code: 'registry-not-signed-in', host });
    expect(await failure(read('alice/x:1', { username: 'alice', secret: 'wrong' }))).toMatchObject({
      code: 'registry-wrong-password'
    });
    if (auth === 'token') {
      expect(await failure(read('alice/x:1', users.bob))).toMatchObject({
        code: 'registry-denied',
        host,
        repository: 'alice/x',
        action: 'pull'
      });
    }
  });
});
