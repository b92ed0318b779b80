import { formatNumber } from '#contract/format/format-number.ts';
import { formatPercent } from '#contract/format/format-percent.ts';
import type { RuleResult } from '#contract/schema/analysis.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../../text/format-bytes.ts';

export type WastedPath = AnalysisOverview['inefficientPaths'][number];

/** Paths for the clipboard, tab-separated as a spreadsheet takes them: path, times, bytes, layers. */
export function formatWastedPaths(paths: readonly WastedPath[]): string {
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
export function formatRule({ rule, threshold, actual }: RuleResult): string {
  const write = rule === 'highestWastedBytes' ? byteFormats : percentFormats;
  if (threshold === null) return write[0](actual);
  const { atLeast, atMost } = words.files.waste;
  const format = actual === threshold ? write[0] : (write.find((each) => each(actual) !== each(threshold)) ?? write[0]);
  return (rule === 'lowestEfficiency' ? atLeast : atMost)(format(actual), format(threshold));
}

type NumberFormats = readonly [(value: number) => string, ...((value: number) => string)[]];

const byteFormats: NumberFormats = [formatBytes, (bytes) => `${formatNumber(bytes)} B`];
const percentFormats: NumberFormats = [
  (fraction) => formatPercent(fraction, 2),
  (fraction) => formatPercent(fraction, 4),
  (fraction) => formatPercent(fraction, 8)
];
