import type { RuleResult } from '#contract/schema/analysis.ts';
import type { AnalysisOverview } from '#contract/schema/image-files.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { writePercent } from '../../../text/percent-text.ts';

export type InefficientPath = AnalysisOverview['inefficientPaths'][number];

/** Paths for the clipboard, tab-separated as a spreadsheet takes them: path, times, bytes, layers. */
export function writePaths(paths: readonly InefficientPath[]): string {
  return paths
    .map(({ path, times, sizeBytes, layers }) =>
      [path.replace(/[\t\r\n]+/g, ' '), times, sizeBytes, layers.join(' ')].join('\t')
    )
    .join('\n');
}

/**
 * What a rule says beside what is: "89.70%, at least 90.00%"; of one that is off only what is. As many digits are
 * written as it takes to tell the two apart.
 */
export function writeRule({ rule, threshold, actual }: RuleResult): string {
  const write = rule === 'highestWastedBytes' ? byteWriters : percentWriters;
  if (threshold === null) return write[0](actual);
  const { atLeast, atMost } = words.files.waste;
  const told = actual === threshold ? write[0] : (write.find((each) => each(actual) !== each(threshold)) ?? write[0]);
  return (rule === 'lowestEfficiency' ? atLeast : atMost)(told(actual), told(threshold));
}

type Writers = readonly [(value: number) => string, ...((value: number) => string)[]];

const byteWriters: Writers = [formatBytes, (bytes) => `${bytes.toLocaleString('en')} B`];
const percentWriters: Writers = [
  (fraction) => writePercent(fraction, 2),
  (fraction) => writePercent(fraction, 4),
  (fraction) => writePercent(fraction, 8)
];
