import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPushEvent, emptyPushSnapshot, pushTotals } from '#contract/jobs/apply-push-event.ts';
import { parseReference, type Reference } from '#contract/domain/reference.ts';
import type { PushEvent, PushResult } from '#contract/schema/push.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import type { Login } from '#core/docker-config/login.ts';
import { pushImage } from '#core/push/push-image.ts';
import { RegistryClient } from '#core/registry/registry-client.ts';
import { connectTo, importImage } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';

const alice: Login = users.alice;
const directory = mkdtempSync(path.join(tmpdir(), 'slipway-push-'));
let engine: RealEngine;
let client: EngineClient;
let smallImage: string;
let largeImage: string;

beforeAll(async () => {
  engine = await startEngine();
  client = await connectTo(engine);
  smallImage = await importImage(client, directory, 'small', 100_000);
  largeImage = await importImage(client, directory, 'large', 150_000_000);
}, 60_000);
afterAll(async () => {
  await engine.stop();
  rmSync(directory, { recursive: true, force: true });
}, 30_000);

function referenceTo(registry: RealRegistry, rest: string): Reference {
  const parsed = parseReference(`${registry.host}/${rest}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.reference;
}

interface Run {
  imageId?: string;
  login?: Login | null;
  signal?: AbortSignal;
  onEvent?: (event: PushEvent) => void;
}

async function push(reference: Reference, run: Run = {}): Promise<{ result: PushResult; events: PushEvent[] }> {
  const { imageId = smallImage, login = alice, signal = new AbortController().signal, onEvent } = run;
  const events: PushEvent[] = [];
  const emit = (event: PushEvent): void => {
    events.push(event);
    onEvent?.(event);
  };
  return { result: await pushImage({ engine: client, imageId, reference, login }, { signal, emit }), events };
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => (error instanceof AppError ? error.data : error));

describe.each(['htpasswd', 'token'] as const)('a push to a registry with %s', (auth) => {
  let registry: RealRegistry;
  beforeAll(async () => {
    registry = await startRegistry(auth);
  });
  afterAll(() => registry.stop());

  it('ends with the digest that the registry then serves, and sends nothing the second time', async () => {
    const reference = referenceTo(registry, 'alice/small:v1');
    const first = await push(reference);
    expect(first.result).toMatchObject({ nothingSent: false, url: null });
    const served = await new RegistryClient(registry.host, alice).fetchManifest(reference);
    expect(served.digest).toBe(first.result.digest);
    const snapshot = emptyPushSnapshot();
    for (const event of first.events) applyPushEvent(snapshot, event);
    const totals = pushTotals(snapshot);
    expect(totals).toMatchObject({ doneLayers: 1, layerCount: 1, sentBytes: totals.toSendBytes });
    expect((await push(reference)).result).toMatchObject({ nothingSent: true, digest: first.result.digest });
  });

  it('reports a wrong password, a missing login, and a missing image', async () => {
    const reference = referenceTo(registry, 'alice/other:v1');
    const { host } = registry;
    expect(await failure(push(reference, { login: { username: 'alice', secret: 'wrong' } }))).toMatchObject({
      code: 'registry-wrong-password',
      host,
      needsToken: false
    });
    expect(await failure(push(reference, { login: null }))).toMatchObject({ code: 'registry-not-signed-in', host });
    expect(await failure(push(reference, { imageId: `sha256:${'0'.repeat(64)}` }))).toMatchObject({
      code: 'image-not-found'
    });
  });

  it('reports a registry that is down', async () => {
    await registry.kill();
    expect(await failure(push(referenceTo(registry, 'alice/down:v1')))).toMatchObject({ code: 'registry-unreachable' });
    await registry.start();
  }, 30_000);
});

it('reports an account without permission to push', async () => {
  const registry = await startRegistry('token');
  try {
    expect(await failure(push(referenceTo(registry, 'bob/small:v1')))).toMatchObject({
      code: 'registry-denied',
      host: registry.host,
      repository: 'bob/small',
      action: 'push'
    });
  } finally {
    await registry.stop();
  }
});

describe('an interrupted push', () => {
  let registry: RealRegistry;
  beforeAll(async () => {
    registry = await startRegistry('token');
  });
  afterAll(() => registry.stop());

  /** Runs something once, as soon as bytes of a layer have been sent. */
  const whilePushing = (act: () => void): ((event: PushEvent) => void) => {
    let done = false;
    return (event) => {
      if (done || event.kind !== 'layer' || event.layer.state !== 'pushing' || event.layer.sentBytes === 0) return;
      done = true;
      act();
    };
  };

  it('is canceled at once', async () => {
    const abort = new AbortController();
    let abortedAt = 0;
    const onEvent = whilePushing(() => {
      abortedAt = Date.now();
      abort.abort();
    });
    const run = { imageId: largeImage, signal: abort.signal, onEvent };
    expect(await failure(push(referenceTo(registry, 'alice/cancelled:v1'), run))).toBeInstanceOf(Cancelled);
    expect(Date.now() - abortedAt).toBeLessThan(1000);
  }, 60_000);

  it('continues when the registry comes back, and reports the retries', async () => {
    let restarted: Promise<void> | undefined;
    const onEvent = whilePushing(() => {
      restarted = registry.kill();
    });
    const reference = referenceTo(registry, 'alice/restarted:v1');
    const { result, events } = await push(reference, {
      imageId: largeImage,
      onEvent: (event) => {
        onEvent(event);
        if (event.kind === 'layer' && event.layer.state === 'retrying' && restarted !== undefined) {
          void restarted.then(() => registry.start());
          restarted = undefined;
        }
      }
    });
    expect(events.some((event) => event.kind === 'layer' && event.layer.state === 'retrying')).toBe(true);
    expect((await new RegistryClient(registry.host, alice).fetchManifest(reference)).digest).toBe(result.digest);
  }, 90_000);

  it('reports that the engine was lost', async () => {
    const onEvent = whilePushing(() => void engine.kill());
    // Another image, since the registry has the first one's layer by now.
    const imageId = await importImage(client, directory, 'another', 150_000_000);
    const run = { imageId, onEvent };
    expect(await failure(push(referenceTo(registry, 'alice/killed:v1'), run))).toEqual({
      code: 'engine-lost',
      engine: 'Test engine'
    });
  }, 60_000);
});
