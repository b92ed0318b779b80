import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReference } from '#contract/domain/reference.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { pushImage } from '#core/push/push-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { newerEngine, startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { build } from './run-test-build.ts';

const engines = [
  { name: "this system's engine", exists: true, options: {} },
  { name: "Debian trixie's engine", exists: newerEngine('trixie') !== null, options: { release: 'trixie' } },
  { name: "Debian sid's engine", exists: newerEngine('sid') !== null, options: { release: 'sid' } },
  {
    name: "Debian sid's engine with the containerd store",
    exists: newerEngine('sid') !== null,
    options: { release: 'sid', containerdStore: true }
  }
] as const;

describe.each(engines)('$name', ({ exists, options }) => {
  let engine: RealEngine;
  let client: EngineClient;
  let registry: RealRegistry;

  beforeAll(async () => {
    if (!exists) return;
    [engine, registry] = await Promise.all([startEngine(options), startRegistry('htpasswd')]);
    await loadBusybox(engine);
    client = await connectTo(engine);
  });
  afterAll(async () => {
    if (exists) await Promise.all([engine.stop(), registry.stop()]);
  });

  it.skipIf(!exists)('gets a login that it first needs after 15 seconds', async () => {
    const reference = parseReference(`${registry.host}/${users.bob.username}/late:1`);
    if (!reference.ok) throw new Error(reference.reason);
    const imageId = await engine.docker('image', 'inspect', '-f', '{{.Id}}', 'busybox');
    const signal = new AbortController().signal;
    await pushImage({ engine: client, imageId, reference: reference.reference, login: users.bob }, { signal, emit: () => undefined });
    await engine.docker('rmi', `${registry.host}/${users.bob.username}/late:1`);
    // An image that is named only by what an earlier RUN of the Dockerfile has made is needed after that RUN.
    const text = [
      'FROM busybox AS wait',
      'RUN sleep 15',
      `FROM ${registry.host}/bob/late:1`,
      'COPY --from=wait /bin/busybox /copied',
      ''
    ].join('\n');
    const asked: number[] = [];
    const startedAt = performance.now();
    const { error } = await build(client, text, {
      loginFor: () => {
        asked.push(performance.now() - startedAt);
        return Promise.resolve(users.bob);
      }
    });
    console.log(asked);
    expect(error).toBeNull();
  });
});
