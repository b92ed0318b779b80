import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { AnalysisReport } from '#contract/schema/analysis.ts';
import { scanPath } from '#core/analysis/scan-image.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';

const execute = promisify(execFile);
const counter = resolve(import.meta.dirname, '../real-parts/count_image.py');

/** Its last rows create no layer, and one layer is empty on some engines. */
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

export async function analyzeArchive(path: string): Promise<AnalysisReport> {
  return describeAnalysis(await scanPath(path, { signal: new AbortController().signal }), defaultRules).report;
}

/** Compares the report's numbers with those of Python's tarfile. */
export async function expectCountsMatch(path: string): Promise<AnalysisReport> {
  const report = await analyzeArchive(path);
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

/** A build context whose image adds, changes and removes files, links and devices. */
export function writeSample(folder: string): void {
  mkdirSync(join(folder, 'files/f1'), { recursive: true });
  for (let n = 0; n < 30; n++) writeFileSync(join(folder, `files/f1/file ${n}`), 'x'.repeat(n * 100));
  writeFileSync(join(folder, 'files/g'), 'grüße');
  writeFileSync(join(folder, 'Dockerfile'), DOCKERFILE);
}
