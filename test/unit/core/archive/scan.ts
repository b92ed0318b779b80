import { Readable } from 'node:stream';
import type { AnalysisReport } from '#contract/schema/analysis.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import type { ScanOptions } from '#core/analysis/scan-image.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';

/** The report of an archive's bytes, read in chunks. */
export async function reportOf(
  archive: Buffer,
  options: Partial<ScanOptions> = {},
  chunkBytes = 10_000
): Promise<AnalysisReport> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < archive.length; at += chunkBytes) chunks.push(archive.subarray(at, at + chunkBytes));
  const signal = new AbortController().signal;
  const scanned = await scanStream(Readable.from(chunks), { kind: 'archive', name: 'a.tar' }, { signal, ...options });
  return describeAnalysis(scanned, defaultRules).report;
}
