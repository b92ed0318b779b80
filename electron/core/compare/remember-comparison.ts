import type { RememberedComparison } from '#contract/schema/remembered-comparison.ts';
import type { ComparisonTable } from '../store/comparison-table.ts';
import type { OpenArchives } from '../analysis/open-archives.ts';

/** Keeps what is compared in a project, and of its archives where they lie. Throws file-unwritable, archive-unknown. */
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

/** What was compared last in a project; null when nothing was. Its archives are known again by their ids. */
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
