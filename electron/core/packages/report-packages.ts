import type { ComparedPackages, ComparisonReport } from '#contract/schema/comparison.ts';
import { differenceOf } from './compare-packages.ts';

const maxReportedPackages = 1000;

/** The packages that differ, largest difference to the baseline first, up to the report's maximum. */
export function reportPackages(
  { rows, leftOutCount, ...rest }: ComparedPackages,
  baseline: number
): NonNullable<ComparisonReport['packages']> {
  const differing = rows.filter(({ isSame }) => !isSame);
  // Rows are sorted by their difference to the first image.
  const sorted = [...differing].sort((a, b) => differenceOf(b, baseline) - differenceOf(a, baseline));
  const shown = sorted.slice(0, maxReportedPackages);
  return {
    ...rest,
    rows: shown,
    leftOutCount: sorted.length - shown.length + leftOutCount,
    changedCount: differing.length
  };
}
