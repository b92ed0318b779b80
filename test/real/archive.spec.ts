import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisReport } from '#contract/schema/analysis.ts';
import { scanEngineImage } from '#core/analysis/scan-image.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { loadBusybox, makeBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine } from '../real-parts/start-engine.ts';
import type { RealEngine } from '../real-parts/start-engine.ts';
import { analyzeArchive, expectCountsMatch, writeSample } from './analyze-archive.ts';

const execute = promisify(execFile);
const { signal } = new AbortController();

describe('archives of real tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-archives-'));
  const at = (name: string): string => join(folder, name);
  const run = (program: string, ...args: string[]) => execute(program, args, { cwd: folder, maxBuffer: 1 << 24 });
  let engine: RealEngine;
  let saved: AnalysisReport;

  beforeAll(async () => {
    engine = await startEngine();
    await loadBusybox(engine);
    writeSample(at('context'));
    await engine.docker('build', '-q', '-t', 'sample:1', at('context'));
    await engine.docker('save', '-o', at('docker.tar'), 'sample:1');
    saved = await analyzeArchive(at('docker.tar'));
  });

  afterAll(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('docker save agrees with an independent count', async () => {
    const report = await expectCountsMatch(at('docker.tar'));
    expect(report.tags).toEqual(['sample:1']);
    expect(report.layers.map(({ command }) => command.split(' ')[0])).toEqual(
      ['', 'COPY', 'RUN', 'RUN', 'RUN'].map((word, n) => (n === 0 ? report.layers[0]?.command.split(' ')[0] : word))
    );
    expect(report.layers.at(-1)).toMatchObject({ removed: 0 });
    expect(report.layers[3]).toMatchObject({ removed: 2, removedFiles: 31 });
  });

  it("the engine's own export is the same image", async () => {
    const client = await connectTo(engine);
    const phases: string[] = [];
    const scanned = await scanEngineImage(client, 'sample:1', {
      signal,
      onProgress: ({ phase }) => phases.push(phase)
    });
    const { report } = describeAnalysis(scanned, defaultRules);
    expect({ ...report, source: null, imageId: null }).toEqual({ ...saved, source: null });
    expect(report.imageId).toBe((await engine.docker('inspect', '--format', '{{.Id}}', 'sample:1')).trim());
    expect(phases[0]).toBe('waiting');
    expect(phases).toContain('reading');
  });

  it('an image that the engine does not have is named in the error', async () => {
    const scanned = scanEngineImage(await connectTo(engine), 'shop/none:1', { signal });
    await expect(scanned).rejects.toMatchObject({ data: { code: 'image-not-found', reference: 'shop/none:1' } });
  });

  for (const [name, target, options] of [
    ['an OCI archive of skopeo', 'oci-archive:oci.tar:sample:1', []],
    ['an OCI folder of skopeo with gzip layers', 'oci:oci-gzip:sample', ['--dest-compress']],
    [
      'an OCI folder of skopeo with zstd layers',
      'oci:oci-zstd:sample',
      ['--dest-compress', '--dest-compress-format', 'zstd']
    ],
    ['a docker archive of skopeo', 'docker-archive:skopeo.tar:sample:1', []]
  ] as const) {
    it(`${name} is the same image`, async () => {
      await run('skopeo', 'copy', ...options, 'docker-archive:docker.tar', target);
      const path = at(target.split(':')[1] ?? '');
      const report = await expectCountsMatch(path);
      expect(report.layers.map(({ diffId }) => diffId)).toEqual(saved.layers.map(({ diffId }) => diffId));
      expect(report.inefficientPaths).toEqual(saved.inefficientPaths);
    });
  }

  it("Podman's archives are the same image", async () => {
    const podman = (...args: string[]) =>
      run('podman', '--root', at('podman'), '--runroot', at('podman-run'), '--storage-driver', 'vfs', ...args);
    await podman('load', '-q', '-i', at('docker.tar'));
    await podman('save', '-q', '-o', at('podman.tar'), 'localhost/sample:1');
    await podman('save', '-q', '--format', 'oci-archive', '-o', at('podman-oci.tar'), 'localhost/sample:1');
    for (const name of ['podman.tar', 'podman-oci.tar']) {
      const report = await expectCountsMatch(at(name));
      expect(report.layers.map(({ diffId }) => diffId)).toEqual(saved.layers.map(({ diffId }) => diffId));
    }
  });

  it('a layer of umoci is read together with the others', async () => {
    await run('skopeo', 'copy', 'docker-archive:docker.tar', 'oci:umoci:sample');
    await run('umoci', 'insert', '--image', 'umoci:sample', at('context/files/f1'), '/inserted');
    const report = await expectCountsMatch(at('umoci'));
    expect(report.layers).toHaveLength(saved.layers.length + 1);
  });

  it("buildah's archives agree with an independent count", async () => {
    writeSample(at('buildah-context'));
    copyFileSync(makeBusybox(), at('buildah-context/busybox.tar'));
    const dockerfile =
      'FROM scratch\nADD busybox.tar /\nCOPY files /srv/files\nRUN rm -r /srv/files/f1 && echo > /srv/new\n';
    writeFileSync(at('buildah-context/Dockerfile'), dockerfile);
    const buildah = (...args: string[]) =>
      run('buildah', '--root', at('buildah'), '--runroot', at('buildah-run'), '--storage-driver', 'vfs', ...args);
    await buildah('bud', '-q', '--layers', '--isolation', 'chroot', '-t', 'sample:1', at('buildah-context'));
    for (const format of ['oci-archive', 'docker-archive']) {
      await buildah('push', '-q', 'localhost/sample:1', `${format}:${at(format)}:sample:1`);
      const report = await expectCountsMatch(at(format));
      expect(report.layers.at(-1)).toMatchObject({ removed: 1, removedFiles: 30 });
    }
  });

  it('compressed archives are decompressed', async () => {
    await run('gzip', '-k', 'docker.tar');
    await run('zstd', '-q', '-k', 'docker.tar');
    for (const name of ['docker.tar.gz', 'docker.tar.zst']) {
      expect({ ...(await analyzeArchive(at(name))), source: null }).toEqual({ ...saved, source: null });
    }
  });
});
