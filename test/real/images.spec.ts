import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LayerForest } from '#contract/domain/layer-forest.ts';
import type { TransferEvent } from '#contract/schema/transfer.ts';
import { AppError } from '#core/util/app-error.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { toDiscoveredEngine } from '#core/engine/discovered-engine.ts';
import { ImageLayersCache } from '#core/images/image-layers-cache.ts';
import { listImages } from '#core/images/list-images.ts';
import { listImageUsers } from '#core/images/list-image-users.ts';
import { loadArchive } from '#core/images/load-archive.ts';
import { removeImage } from '#core/images/remove-image.ts';
import { saveImages } from '#core/images/save-images.ts';
import { addTag } from '#core/images/tag-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startPodman, type RealPodman } from '../real-parts/start-podman.ts';
import { build } from './run-test-build.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-images-'));
const events: TransferEvent[] = [];
const job = { signal: new AbortController().signal, emit: (event: TransferEvent) => void events.push(event) };
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function idOf(client: EngineClient, tag: string): Promise<string> {
  const image = (await listImages(client)).find(({ tags }) => tags.includes(tag));
  return image?.id ?? `no ${tag}`;
}

async function plant(client: EngineClient): Promise<LayerForest> {
  const ids = (await listImages(client)).map(({ id }) => id);
  const forest = new LayerForest();
  for (const { id, layers } of await new ImageLayersCache().read(client, ids)) forest.add(id, layers);
  return forest;
}

describe('dockerd', () => {
  let engine: RealEngine;
  let client: EngineClient;

  beforeAll(async () => {
    engine = await startEngine();
    client = await connectTo(engine);
    await loadBusybox(engine);
    const common = 'FROM busybox\nRUN head -c 3000000 /dev/urandom > /common\n';
    await build(client, `${common}RUN head -c 2000000 /dev/urandom > /one\n`, { options: { tag: 'demo:one' } });
    await build(client, `${common}RUN head -c 1000000 /dev/urandom > /two\n`, { options: { tag: 'demo:two' } });
  }, 120_000);
  afterAll(() => engine.stop(), 30_000);

  it("uses as much disk space as the layers' sizes, with shared ones counted once", async () => {
    const forest = await plant(client);
    const [one, two] = [await idOf(client, 'demo:one'), await idOf(client, 'demo:two')];
    expect(forest.shareOf(one)).toMatchObject({ uniqueBytes: 2_000_000 });
    expect(forest.shareOf(two)).toMatchObject({ uniqueBytes: 1_000_000 });
    const usage = (await client.json({ method: 'GET', path: '/system/df' })) as { LayersSize: number };
    expect(forest.diskBytes).toBe(usage.LayersSize);
    expect(forest.reclaimableBytes([one, two])).toBe(6_000_000);
  });

  it('reclaims as much as announced', async () => {
    const before = await plant(client);
    const two = await idOf(client, 'demo:two');
    await addTag(client, two, 'demo:again');
    expect(await removeImage(client, 'demo:two', false)).toEqual({ untagged: ['demo:two'], deleted: [] });
    const removed = await removeImage(client, 'demo:again', false);
    expect(removed.deleted).toContain(two);
    expect((await plant(client)).diskBytes).toBe(before.diskBytes - before.reclaimableBytes(removed.deleted));
  });

  it('keeps an image that a container uses, and by force reclaims nothing until the container is removed', async () => {
    await addTag(client, await idOf(client, 'busybox:latest'), 'held:1');
    await build(client, 'FROM busybox\nRUN head -c 1500000 /dev/urandom > /held\n', { options: { tag: 'held:2' } });
    const usedId = await idOf(client, 'held:2');
    await engine.docker('create', '--name', 'holder', '--network', 'none', 'held:2', 'sh');
    expect(await listImageUsers(client)).toEqual([{ imageId: usedId, container: 'holder', running: false }]);
    expect(await failure(removeImage(client, 'held:2', false))).toMatchObject({ code: 'image-in-use' });
    await removeImage(client, 'held:2', true);
    expect(await idOf(client, 'held:2')).toBe('no held:2');
    const query = { path: '/held' };
    const file = await client.stream({ method: 'GET', path: '/containers/holder/archive', query });
    let sizeBytes = 0;
    for await (const chunk of file as AsyncIterable<Buffer>) sizeBytes += chunk.length;
    expect(sizeBytes).toBeGreaterThan(1_500_000);
    await engine.docker('rm', 'holder');
  });

  it('saves several images and loads them again', async () => {
    const file = join(folder, 'two.tar');
    const one = await idOf(client, 'demo:one');
    const saved = await saveImages(client, ['demo:one', 'busybox:latest'], file, job);
    expect(saved).toMatchObject({ kind: 'saved', file: 'two.tar' });
    const manifest = execFileSync('tar', ['-xOf', file, 'manifest.json'], { encoding: 'utf8' });
    expect((JSON.parse(manifest) as unknown[]).length).toBe(2);
    await removeImage(client, 'demo:one', false);
    const loaded = await loadArchive(client, file, job);
    expect(loaded).toMatchObject({ kind: 'loaded', images: expect.arrayContaining(['demo:one']) as unknown });
    expect(await idOf(client, 'demo:one')).toBe(one);
  });

  it('saves an untagged image by its id', async () => {
    const { imageId } = await build(client, 'FROM busybox\nRUN echo nameless > /x\n', {
      options: { tag: 'nameless:1' }
    });
    await addTag(client, await idOf(client, 'busybox:latest'), 'nameless:1');
    const file = join(folder, 'nameless.tar');
    await saveImages(client, [imageId ?? ''], file, job);
    expect(await loadArchive(client, file, job)).toMatchObject({ images: [imageId] });
  });

  it('reports a missing image and a file that is not an archive, and leaves nothing incomplete', async () => {
    const file = join(folder, 'none.tar');
    expect(await failure(saveImages(client, ['none:1'], file, job))).toMatchObject({ code: 'image-not-found' });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'hello'.repeat(100_000));
    expect(await failure(loadArchive(client, file, job))).toMatchObject({
      code: 'archive-refused',
      archive: 'none.tar'
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('Podman', () => {
  let podman: RealPodman;
  let client: EngineClient;

  beforeAll(async () => {
    podman = await startPodman();
    const importer = (...words: string[]): Promise<string> =>
      Promise.resolve(podman.podman(...words.map((word) => word.replace(/^busybox:/, 'docker.io/library/busybox:'))));
    await loadBusybox({ docker: importer } as RealEngine);
    client = await connectEngine(
      toDiscoveredEngine('podman', 'Podman', { kind: 'socket', socketPath: podman.socketPath })
    );
    await build(client, 'FROM busybox\nRUN head -c 2000000 /dev/zero > /own\n', {
      options: { tag: 'localhost/demo:1' }
    });
  }, 120_000);
  afterAll(() => podman.stop());

  it('reports layers, saves, loads and removes', async () => {
    const forest = await plant(client);
    const demo = await idOf(client, 'localhost/demo:1');
    const share = forest.shareOf(demo);
    expect(share?.sharedBytes).toBeGreaterThan(500_000);
    expect(share?.uniqueBytes).toBeGreaterThan(1_900_000);
    await addTag(client, demo, 'localhost/demo:2');
    const file = join(folder, 'podman.tar');
    await saveImages(client, ['localhost/demo:1', 'localhost/demo:2'], file, job);
    await removeImage(client, 'localhost/demo:1', false);
    const removed = await removeImage(client, 'localhost/demo:2', false);
    expect(removed.deleted).toContain(demo);
    const loaded = await loadArchive(client, file, job);
    expect(loaded).toMatchObject({ images: expect.arrayContaining(['localhost/demo:1']) as unknown });
    expect(await idOf(client, 'localhost/demo:1')).toBe(demo);
  });
});
