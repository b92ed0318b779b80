import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanEngineImage } from '#core/analysis/scan-image.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { newerEngine, startEngine } from '../real-parts/start-engine.ts';
import type { RealEngineOptions, RealEngine } from '../real-parts/start-engine.ts';
import { expectCountsMatch, writeSample } from './analyze-archive.ts';

const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'slipway-newer-'));
const at = (name: string): string => join(folder, name);
writeSample(at('context'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const engines = [
  { name: "Debian trixie's engine with overlay2", release: 'trixie', containerdStore: false },
  { name: "Debian sid's engine with overlay2", release: 'sid', containerdStore: false },
  { name: "Debian sid's engine with the containerd store", release: 'sid', containerdStore: true }
] as const satisfies (RealEngineOptions & { name: string })[];

describe.each(engines)('$name', ({ release, containerdStore }) => {
  let engine: RealEngine;
  // Setup reported why if it could not unpack the engine; in CI a skipped test fails the run.
  const directory = newerEngine(release);

  beforeAll(async () => {
    if (directory === null) return;
    engine = await startEngine({ release, containerdStore });
    await loadBusybox(engine);
    await engine.docker('build', '-q', '-t', 'sample:1', at('context'));
  });
  afterAll(async () => {
    if (directory !== null) await engine.stop();
  });

  it.skipIf(directory === null)(
    'saves and exports an image whose numbers agree with an independent count',
    async () => {
      const archive = at(`${release}-${containerdStore}.tar`);
      await engine.docker('save', '-o', archive, 'sample:1');
      const report = await expectCountsMatch(archive);
      expect(report.tags).toContainEqual(expect.stringMatching(/sample:1$/));
      expect(report.layers[3]).toMatchObject({ removed: 2, removedFiles: 31 });
      expect(report.layers.map(({ compression }) => compression)).toContain(containerdStore ? 'gzip' : 'none');

      const { signal } = new AbortController();
      const exported = await scanEngineImage(await connectTo(engine), 'sample:1', { signal });
      const ofEngine = describeAnalysis(exported, defaultRules).report;
      const withoutNames = { source: null, imageId: null, tags: [] };
      expect({ ...ofEngine, ...withoutNames }).toEqual({ ...report, ...withoutNames });
      const id = (await engine.docker('inspect', '--format', '{{.Id}}', 'sample:1')).trim();
      expect(ofEngine).toMatchObject({ imageId: id, tags: ['sample:1'] });
    }
  );

  if (!containerdStore) return;

  it.skipIf(directory === null).each([
    ['an OCI archive with provenance', 'type=oci', 'gzip', true],
    ['an OCI archive with zstd layers', 'type=oci,compression=zstd,force-compression=true', 'zstd', true],
    ['a docker archive', 'type=docker', 'gzip', false]
  ] as const)('exports by buildx %s', async (name, output, compression, provenance) => {
    const archive = at(`${name}.tar`);
    const buildx = join(directory ?? '', 'usr/libexec/docker/cli-plugins/docker-buildx');
    const args = [
      'build',
      '--network=host',
      `--provenance=${provenance}`,
      '-t',
      'sample:2',
      '--output',
      `${output},dest=${archive}`
    ];
    const env = { ...process.env, DOCKER_HOST: engine.host, DOCKER_CONFIG: at('docker'), BUILDX_CONFIG: at('buildx') };
    await execute(buildx, [...args, at('context')], { env });
    const report = await expectCountsMatch(archive);
    expect(new Set(report.layers.map((layer) => layer.compression))).toEqual(new Set([compression]));
    expect(report.layers[3]).toMatchObject({ removed: 2, removedFiles: 31 });
    expect(report.platform).toMatch(/^linux\//);
  });
});
