import type { ComparisonReport } from '#contract/schema/comparison.ts';
import { listDifferences, type FileComparison } from './compare-files.ts';

type ReportedFile = ComparisonReport['files'][number];

/** The files and links with the largest differences, largest first, at most `limit`. */
export function largestDifferences(comparison: FileComparison, limit: number): ReportedFile[] {
  const found: ReportedFile[] = [];
  const page = { start: 0, limit: Infinity };
  const visit = (folder: number, above: string): void => {
    for (const { node, name, isFolder, ...row } of listDifferences(comparison, folder, page).rows) {
      const path = `${above}/${name}`;
      if (isFolder) visit(node, path);
      else found.push({ path, ...row });
    }
  };
  visit(0, '');
  return found
    .sort((a, b) => b.differenceBytes - a.differenceBytes || (a.path < b.path ? -1 : 1))
    .slice(0, Math.max(0, limit));
}
