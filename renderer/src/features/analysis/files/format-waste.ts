import { formatNumber } from '#contract/format/format-number.ts';
import { formatPercent } from '#contract/format/format-percent.ts';
import type { RuleResult } from '#contract/schema/analysis.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../../text/format-bytes.ts';

export type WastedPath = AnalysisOverview['inefficientPaths'][number];

/** Paths for the clipboard, tab-separated for spreadsheets: path, times, bytes, layers. */
export function formatWastedPaths(paths: readonly WastedPath[]): string {
  return paths
    .map(({ path, times, sizeBytes, layers }) =>
      [path.replace(/[\t\r\n]+/g, ' '), times, sizeBytes, layers.join(' ')].join('\t')
    )
    .join('\n');
}

/**
 * A rule's actual value and threshold: "89.70%, at least 90.00%"; only the value for a disabled rule. With as many
 * digits
 * as needed to distinguish the two.
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
