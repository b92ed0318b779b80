import type { RememberedComparison } from '#contract/schema/remembered-comparison.ts';
import type { ComparisonTable } from '../store/comparison-table.ts';
import type { OpenArchives } from '../analysis/open-archives.ts';

/**
 * Saves the compared images of a project, and the locations of their archives. Throws file-unwritable, archive-unknown.
 */
export async function rememberComparison(
  table: ComparisonTable,
  archives: OpenArchives,
  projectId: string,
  comparison: RememberedComparison
): Promise<void> {
  const archivePaths = comparison.images.flatMap(({ source }): [string, string][] =>
    source.kind === 'archive' ? [[source.archiveId, archives.pathOf(source.archiveId)]] : []
  );
  await table.save({ projectId, comparison, archivePaths: Object.fromEntries(archivePaths) });
}

/** The images compared last in a project; null if there are none. Restores the ids of its archives. */
export function recallComparison(
  table: ComparisonTable,
  archives: OpenArchives,
  projectId: string
): RememberedComparison | null {
  const entry = table.of(projectId);
  if (entry === null) return null;
  for (const [archiveId, path] of Object.entries(entry.archivePaths)) archives.restore(archiveId, path);
  return entry.comparison;
}
