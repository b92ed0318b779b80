import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { build } from 'vite';
import { builtinModules } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { openEngineSession, openPathSession } from '#core/analysis/analysis-session.ts';
import type { AnalysisSession, SessionOptions } from '#core/analysis/analysis-session.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import { RemoteImages } from '#core/registry/remote-images.ts';
import { OpenComparisons } from '#core/compare/open-comparisons.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { digestOf, legacyFiles, makeImage, packFiles } from '../archive/image-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'worker-'));
const workerFile = join(folder, 'worker.cjs');
const cacheFolder = join(folder, 'cache');
const archiveFile = join(folder, 'image.tar');
const image = await makeImage([{ a: 'x'.repeat(100_000), 'd/b': 'y' }, { 'd/.wh.b': '' }]);
const archive = await packFiles(legacyFiles(image));
const code = (expectedCode: string): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: expectedCode }) as unknown });

const options = (more: Partial<SessionOptions> = {}): SessionOptions => ({
  workerFile,
  cacheFolder: null,
  context: { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null },
  signal: new AbortController().signal,
  ...more
});

/** An engine with one image, which counts its exports. */
function engineWith(body: () => Readable, version = '24.0'): { engine: EngineClient; exports: () => number } {
  let exports = 0;
  const engine = {
    info: { product: 'Docker', version, store: 'overlay2' } as EngineClient['info'],
    json: () =>
      Promise.resolve({
        Id: digestOf(image.config),
        RepoTags: ['sample:1'],
        Size: 1,
        Created: '2024-01-01T00:00:00Z',
        Os: 'linux',
        Architecture: 'amd64',
        RootFS: { Layers: image.layers.map(digestOf) }
      }),
    stream: () => {
      exports++;
      return Promise.resolve(body());
    },
    upgrade: () => Promise.reject(new Error('not used'))
  };
  return { engine, exports: () => exports };
}

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: { worker: resolve(__dirname, '../../../../electron/core/worker/worker.ts') },
        external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false }
      }
    }
  });
  writeFileSync(archiveFile, archive);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The overview of a session, which is then closed. */
async function lookOnce(opening: Promise<AnalysisSession>): Promise<AnalysisOverview> {
  const session = await opening;
  try {
    return await session.query('overview', {});
  } finally {
    session.close();
  }
}

const remotes = new RemoteImages({ loginFor: () => Promise.resolve(null), preferredPlatform: () => 'linux/amd64' });

describe('analyzing in a separate thread', () => {
  it('answers queries about a file', async () => {
    const session = await openPathSession(archiveFile, options());
    const { report, layers } = await session.query('overview', {});
    expect(report).toMatchObject({ imageSizeBytes: 100_001, fileCount: 1, hiddenBytes: 1, tags: ['sample:1'] });
    expect(layers.map(({ sizeBytes }) => sizeBytes)).toEqual([100_001, 0]);
    expect(await session.query('findPath', { path: '/d/b' })).toEqual({ node: expect.any(Number) as number });
    session.close();
    await expect(session.query('overview', {})).rejects.toThrow(code('analysis-unknown'));
  });

  it("exports an engine's image once, and then finds it in the cache by its id", async () => {
    const { engine, exports } = engineWith(() =>
      Readable.from([archive.subarray(0, 70_000), archive.subarray(70_000)])
    );
    const phases: string[] = [];
    const look = () =>
      lookOnce(
        openEngineSession(engine, 'sample:1', options({ cacheFolder, onProgress: ({ phase }) => phases.push(phase) }))
      );
    const first = await look();
    expect(phases[0]).toBe('waiting');
    const second = await look();
    expect(exports()).toBe(1);
    expect(second).toEqual(first);
    // A newer engine has another layout of its exports, so the location of layers is unknown.
    const newer = engineWith(() => Readable.from([archive.subarray(0, 70_000), archive.subarray(70_000)]), '28.5');
    await lookOnce(openEngineSession(newer.engine, 'sample:1', options({ cacheFolder })));
    expect(newer.exports()).toBe(1);
  });

  it('reads several images of an engine in one thread, each export to its own end', async () => {
    const chunks = [archive.subarray(0, 70_000), archive.subarray(70_000)];
    const { engine, exports } = engineWith(() => Readable.from(chunks));
    const comparisons = new OpenComparisons({
      engine: () => Promise.resolve(engine),
      archivePath: () => archiveFile,
      workerFile,
      remotes,
      cacheFolder: mkdtempSync(join(folder, 'compared-'))
    });
    const { context } = options();
    const [first, second] = ['sample:1', 'sample:2'].map((image) => ({
      kind: 'engine' as const,
      image,
      buildId: null,
      engineId: null
    }));
    const third = { kind: 'archive' as const, archiveId: 'archive-1', platform: null, reference: null };
    const sources = [first, third, second].flatMap((source) => (source ? [{ source, context }] : []));
    const reported: number[] = [];
    const { signal } = new AbortController();
    const { comparisonId } = await comparisons.open(sources, { signal, emit: ({ image }) => reported.push(image) });
    const { totals, images } = await comparisons.query(comparisonId, 'overview', { baseline: 0 });
    expect(totals).toMatchObject({ sizes: [100_001, 100_001, 100_001], togetherBytes: 100_001 });
    expect(images.map(({ sameAs }) => sameAs)).toEqual([null, 0, 0]);
    // The second name has the same image ID.
    expect(exports()).toBe(1);
    expect(new Set(reported)).toEqual(new Set([0, 1, 2]));
    comparisons.closeAll();
    await expect(comparisons.query(comparisonId, 'settings', { reveal: false })).rejects.toThrow(
      code('analysis-unknown')
    );
  });

  it('reads more of compared images on request, and can be stopped meanwhile', async () => {
    const other = await packFiles(legacyFiles(await makeImage([{ a: 'z'.repeat(100_000) }])));
    const otherFile = join(folder, 'other.tar');
    writeFileSync(otherFile, other);
    let isSilent = false;
    const bodies: Readable[] = [];
    const { engine, exports } = engineWith(() => {
      const body = isSilent
        ? new Readable({ read: () => undefined })
        : Readable.from([archive.subarray(0, 70_000), archive.subarray(70_000)]);
      bodies.push(body);
      return body;
    });
    const comparisons = new OpenComparisons({
      engine: () => Promise.resolve(engine),
      archivePath: () => otherFile,
      workerFile,
      remotes,
      cacheFolder: mkdtempSync(join(folder, 'more-'))
    });
    const { context } = options();
    const sources = [
      { source: { kind: 'engine' as const, image: 'sample:1', buildId: null, engineId: null }, context },
      { source: { kind: 'archive' as const, archiveId: 'archive-1', platform: null, reference: null }, context }
    ];
    const job = { signal: new AbortController().signal, emit: () => undefined };
    const { comparisonId } = await comparisons.open(sources, job);
    const changes = async (): Promise<string[][]> => {
      const page = { baseline: 0, folder: 0, changes: [], start: 0, limit: 10 };
      return (await comparisons.query(comparisonId, 'rows', page)).rows.map((row) => row.changes);
    };
    expect(await changes()).toEqual([]);

    isSilent = true;
    const cancelled = new AbortController();
    const reported: string[] = [];
    const emit = ({ progress }: { progress: { phase: string } }) => reported.push(progress.phase);
    const reading = comparisons.read(comparisonId, 'readContents', { signal: cancelled.signal, emit });
    await expect.poll(() => exports()).toBe(2);
    cancelled.abort();
    await expect(reading).rejects.toThrow(Cancelled);
    expect(reported).toEqual(['waiting']);
    // Queries are answered meanwhile, and the engine is paused.
    expect(await changes()).toEqual([]);
    await expect.poll(() => bodies[1]?.destroyed).toBe(true);

    isSilent = false;
    await comparisons.read(comparisonId, 'readContents', job);
    expect(exports()).toBe(3);
    expect(await changes()).toEqual([['same', 'content']]);
    comparisons.closeAll();
    await expect(comparisons.read(comparisonId, 'readPackages', job)).rejects.toThrow(code('analysis-unknown'));
  });

  it('reads again what is damaged or missing in the cache', async () => {
    const cached = join(cacheFolder, readdirSync(cacheFolder)[0] ?? '');
    const look = () => lookOnce(openPathSession(archiveFile, options({ cacheFolder })));
    const first = await look();
    const [file = ''] = readdirSync(cached).filter((name) => name.startsWith('layer-'));
    writeFileSync(join(cached, file), 'damaged');
    expect(await look()).toEqual(first);
    rmSync(join(cached, file));
    expect(await look()).toEqual(first);
    expect(readdirSync(cached).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is canceled even if an engine does not respond', async () => {
    const cancelled = new AbortController();
    const { engine } = engineWith(() => new Readable({ read: () => void setImmediate(() => cancelled.abort()) }));
    const looking = openEngineSession(engine, 'sample:1', options({ signal: cancelled.signal }));
    await expect(looking).rejects.toThrow(Cancelled);
  });

  it('reports what went wrong in the thread, and that the thread itself ended', async () => {
    await expect(openPathSession('/nowhere.tar', options())).rejects.toThrow(code('archive-unreadable'));
    const dying = join(folder, 'dying.cjs');
    writeFileSync(dying, 'process.exit(3)');
    await expect(openPathSession(archiveFile, options({ workerFile: dying }))).rejects.toThrow(code('worker-died'));
    const { engine } = engineWith(() => Readable.from([archive.subarray(0, 3000)]));
    await expect(openEngineSession(engine, 'sample:1', options())).rejects.toThrow(code('archive-damaged'));
  });
});
