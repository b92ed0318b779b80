import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { imageFromEngine } from '#core/analysis/analysis-session.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { addTag } from '#core/images/tag-image.ts';
import { readLayerFiles, type LayerSource } from '#core/analysis/read-layer-files.ts';
import { loadBusybox, loadBusyboxForPodman } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { newerEngine, startEngine } from '../real-parts/start-engine.ts';
import { startPodman } from '../real-parts/start-podman.ts';
import { build } from './run-test-build.ts';

const { signal } = new AbortController();
const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;

/** An engine with busybox under the name `busybox`. */
interface Started {
  readonly client: EngineClient;
  stop(): Promise<void>;
}

async function startDocker(options: Parameters<typeof startEngine>[0]): Promise<Started> {
  const engine = await startEngine(options);
  await loadBusybox(engine);
  return { client: await connectTo(engine), stop: () => engine.stop() };
}

async function startPodmanWithBusybox(): Promise<Started> {
  const podman = await startPodman();
  loadBusyboxForPodman(podman);
  return { client: await connectTo(podman), stop: () => podman.stop() };
}

const [trixie, sid] = [newerEngine('trixie'), newerEngine('sid')];
const engines = [
  { name: "this machine's engine", exists: true, start: () => startDocker({}) },
  { name: "Debian trixie's engine", exists: trixie !== null, start: () => startDocker({ release: 'trixie' }) },
  { name: "Debian sid's engine", exists: sid !== null, start: () => startDocker({ release: 'sid' }) },
  {
    name: 'the containerd store',
    exists: sid !== null,
    start: () => startDocker({ release: 'sid', containerdStore: true })
  },
  { name: 'Podman', exists: true, start: startPodmanWithBusybox }
];

describe.each(engines)('an image of $name', ({ exists, start }) => {
  let started: Started;

  beforeAll(async () => {
    if (exists) started = await start();
  });
  afterAll(async () => {
    if (exists) await started.stop();
  });

  it.skipIf(!exists)('is read again unchanged, although its name was moved to another one', async () => {
    const { client } = started;
    const make = (text: string) =>
      build(client, `FROM busybox\nRUN echo ${text} > /one && echo ${text} > /two\nRUN echo ${text} > /two\n`, {
        options: { tag: 'localhost/moving:1' }
      });
    expect((await make('before')).error).toBeNull();
    const image = await imageFromEngine(client, 'localhost/moving:1', { context, signal });
    const first = await image.openExport(signal, false);
    const { image: found } = await scanStream(first, { kind: 'engine', name: 'x' }, { signal });
    // Without a name, the containerd store would delete it.
    await addTag(client, 'localhost/moving:1', 'localhost/kept:1');
    expect((await make('after')).error).toBeNull();

    const texts = new Map<number, string>();
    const requests = found.layers.slice(-2).map(({ path, diffId }, index) => ({
      layer: { path, diffId },
      files: new Map([
        [
          'two',
          {
            maxBytes: 100,
            sink: {
              start: () => undefined,
              write: (chunk: Buffer) => void texts.set(index, `${texts.get(index) ?? ''}${chunk.toString()}`)
            }
          }
        ]
      ])
    }));
    const source: LayerSource = { kind: 'stream', name: 'x', open: () => image.openExport(signal, true) };
    await readLayerFiles(source, requests, { signal });
    expect([...texts.values()]).toEqual(['before\n', 'before\n']);
  });
});
