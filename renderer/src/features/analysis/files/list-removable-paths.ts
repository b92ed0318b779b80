import type { SavingsRuleId } from '#contract/domain/savings-rules.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';

/** A path that a rule found removable, and the layer that added it. */
export interface RemovablePath {
  readonly ruleId: SavingsRuleId;
  readonly path: string;
  readonly layer: number;
  readonly sizeBytes: number;
}

/** The removable paths of all rules, the largest first. */
export function listRemovablePaths(savings: AnalysisOverview['savings']): RemovablePath[] {
  const paths = savings.flatMap(({ ruleId, paths: found }) => found.map((path) => ({ ruleId, ...path })));
  return paths.sort((a, b) => b.sizeBytes - a.sizeBytes || (a.path < b.path ? -1 : 1));
}

/** Paths for the clipboard, tab-separated for spreadsheets: rule, path, bytes, layer. */
export function formatSavings(paths: readonly RemovablePath[]): string {
  return paths
    .map(({ ruleId, path, sizeBytes, layer }) =>
      [words.savings[ruleId].title, path.replace(/[\t\r\n]+/g, ' '), sizeBytes, layer].join('\t')
    )
    .join('\n');
}
