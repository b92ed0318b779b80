import type { RuleResult } from '../../../../electron/contract/schema/analysis.ts';
import type { AnalysisOverview } from '../../../../electron/contract/schema/image-files.ts';
import { words } from '../../../../electron/contract/words/words.ts';
import { formatBytes } from '../../format/bytes.ts';
import { writePercent } from './percent-text.ts';

export type InefficientPath = AnalysisOverview['inefficientPaths'][number];

/** Paths for the clipboard, tab-separated as a spreadsheet takes them: path, times, bytes, layers. */
export function writePaths(paths: readonly InefficientPath[]): string {
  return paths
    .map(({ path, times, sizeBytes, layers }) =>
      [path.replace(/[\t\r\n]+/g, ' '), times, sizeBytes, layers.join(' ')].join('\t')
    )
    .join('\n');
}

/** What a rule says beside what is: "89.70%, at least 90.00%"; of one that is off only what is. */
export function writeRule({ rule, threshold, actual }: RuleResult): string {
  const write = (value: number): string =>
    rule === 'highestWastedBytes' ? formatBytes(value) : writePercent(value, 2);
  if (threshold === null) return write(actual);
  const { atLeast, atMost } = words.files.waste;
  return (rule === 'lowestEfficiency' ? atLeast : atMost)(write(actual), write(threshold));
}
