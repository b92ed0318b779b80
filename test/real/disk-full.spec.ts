import { describe, expect, it } from 'vitest';
import { parseReference } from '#contract/domain/reference.ts';
import { AppError } from '#core/util/app-error.ts';
import { pushImage } from '#core/push/push-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startRegistry, users } from '../real-parts/start-registry.ts';
import { build } from './run-test-build.ts';

const diskBytes = 60_000_000;

async function withEngine<T>(engine: RealEngine, use: () => Promise<T>): Promise<T> {
  try {
    await loadBusybox(engine);
    return await use();
  } finally {
    await engine.stop();
  }
}

describe("an engine's full disk", () => {
  it.each([
    ['a RUN', 'FROM busybox\nRUN cat /dev/zero > /file\n', {}],
    ['the context', 'FROM busybox\nCOPY big /big\n', { big: 'x'.repeat(diskBytes) }]
  ])('is reported for %s', async (_how, text, files) => {
    const engine = await startEngine({ diskBytes });
    await withEngine(engine, async () => {
      const client = await connectTo(engine);
      expect((await build(client, text, { files })).error).toEqual({ code: 'engine-disk-full' });
    });
  });
});

it("a registry's full disk is reported, before the engine has given up", async () => {
  const registry = await startRegistry('token', { diskBytes: 4_000_000 });
  const engine = await startEngine();
  const parsed = parseReference(`${registry.host}/alice/large:1`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { reference } = parsed;
  await withEngine(engine, async () => {
    const client = await connectTo(engine);
    const { imageId } = await build(client, 'FROM busybox\nRUN head -c 20000000 /dev/urandom > /file\n');
    const pushed = pushImage(
      { engine: client, imageId: imageId ?? '', reference, login: users.alice },
      { signal: new AbortController().signal, emit: () => undefined }
    );
    const error: unknown = await pushed.catch((thrown: unknown) => (thrown instanceof AppError ? thrown.data : thrown));
    expect(error).toMatchObject({ code: 'registry-disk-full', host: registry.host });
  });
  await registry.stop();
}, 120_000);
