import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisReport } from '../../electron/contract/schema/analysis.ts';
import { scanEngineImage, scanPath } from '../../electron/core/image/analyze-image.ts';
import { describeAnalysis } from '../../electron/core/image/describe-analysis.ts';
import { defaultRules } from '../../electron/core/image/layer/check-rules.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine } from '../real-parts/engine.ts';
import type { RealEngine } from '../real-parts/engine.ts';

const execute = promisify(execFile);
const signal = new AbortController().signal;
const counter = resolve(import.meta.dirname, '../real-parts/count_image.py');

const DOCKERFILE = `FROM busybox
COPY files /srv/files
RUN mkdir /made && echo one > /made/a && echo two > /made/b && ln /made/a /made/hard && ln -s a /made/soft && mknod /made/null c 1 3
RUN rm /made/b && rm -r /srv/files/f1 && echo three >> /made/a && chmod 600 /srv/files/g
RUN rm -r /srv/files && mkdir /srv/files && echo new > /srv/files/g
ENV NOTHING=1
WORKDIR /made
`;

interface Counted {
  layers: { sizeBytes: number; entries: number; added: number; modified: number; unchanged: number }[];
  fileCount: number;
}

async function analyse(path: string): Promise<AnalysisReport> {
  return describeAnalysis(await scanPath(path, { signal }), defaultRules).report;
}

/** The report's numbers beside those of Python's tarfile. */
async function expectAsCounted(path: string): Promise<AnalysisReport> {
  const report = await analyse(path);
  const { stdout } = await execute('python3', [counter, path], { maxBuffer: 1 << 24 });
  const counted = JSON.parse(stdout) as Counted;
  expect(
    report.layers.map(({ sizeBytes, added, modified, unchanged }) => ({ sizeBytes, added, modified, unchanged }))
  ).toEqual(
    counted.layers.map(({ sizeBytes, added, modified, unchanged }) => ({ sizeBytes, added, modified, unchanged }))
  );
  expect(report.fileCount).toBe(counted.fileCount);
  expect(report.entryCount).toBe(counted.layers.reduce((sum, { entries }) => sum + entries, 0));
  return report;
}

describe('archives of real tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-archives-'));
  const at = (name: string): string => join(folder, name);
  const run = (program: string, ...words: string[]) => execute(program, words, { cwd: folder, maxBuffer: 1 << 24 });
  let engine: RealEngine;
  let saved: AnalysisReport;

  beforeAll(async () => {
    engine = await startEngine();
    await loadBusybox(engine);
    mkdirSync(at('context/files/f1'), { recursive: true });
    for (let n = 0; n < 30; n++) writeFileSync(at(`context/files/f1/file ${n}`), 'x'.repeat(n * 100));
    writeFileSync(at('context/files/g'), 'grüße');
    writeFileSync(at('context/Dockerfile'), DOCKERFILE);
    await engine.docker('build', '-q', '-t', 'sample:1', at('context'));
    await engine.docker('save', '-o', at('docker.tar'), 'sample:1');
    saved = await analyse(at('docker.tar'));
  });

  afterAll(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('docker save agrees with an independent count', async () => {
    const report = await expectAsCounted(at('docker.tar'));
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
    expect({ ...report, source: null }).toEqual({ ...saved, source: null });
    expect(phases[0]).toBe('waiting');
    expect(phases).toContain('reading');
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
      const report = await expectAsCounted(path);
      expect(report.layers.map(({ diffId }) => diffId)).toEqual(saved.layers.map(({ diffId }) => diffId));
      expect(report.inefficientPaths).toEqual(saved.inefficientPaths);
    });
  }

  it("Podman's archives are the same image", async () => {
    const podman = (...words: string[]) =>
      run('podman', '--root', at('podman'), '--runroot', at('podman-run'), '--storage-driver', 'vfs', ...words);
    await podman('load', '-q', '-i', at('docker.tar'));
    await podman('save', '-q', '-o', at('podman.tar'), 'localhost/sample:1');
    await podman('save', '-q', '--format', 'oci-archive', '-o', at('podman-oci.tar'), 'localhost/sample:1');
    for (const name of ['podman.tar', 'podman-oci.tar']) {
      const report = await expectAsCounted(at(name));
      expect(report.layers.map(({ diffId }) => diffId)).toEqual(saved.layers.map(({ diffId }) => diffId));
    }
  });

  it('a layer of umoci is read beside the others', async () => {
    await run('skopeo', 'copy', 'docker-archive:docker.tar', 'oci:umoci:sample');
    await run('umoci', 'insert', '--image', 'umoci:sample', at('context/files/f1'), '/inserted');
    const report = await expectAsCounted(at('umoci'));
    expect(report.layers).toHaveLength(saved.layers.length + 1);
  });

  it('packed archives are unpacked', async () => {
    await run('gzip', '-k', 'docker.tar');
    await run('zstd', '-q', '-k', 'docker.tar');
    for (const name of ['docker.tar.gz', 'docker.tar.zst']) {
      expect({ ...(await analyse(at(name))), source: null }).toEqual({ ...saved, source: null });
    }
  });
});
