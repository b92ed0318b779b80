import type { RememberedComparison, RememberedImage } from '../../../contract/schema/remembered-comparison.ts';
import type { ComparisonTable } from '../../store/comparison-table.ts';
import type { OpenArchives } from '../open-archives.ts';

/** Keeps what is compared in a project, and of its archives where they lie. Throws file-unwritable. */
export async function rememberComparison(
  table: ComparisonTable,
  archives: OpenArchives,
  projectId: string,
  comparison: RememberedComparison
): Promise<void> {
  const known = table.of(projectId)?.archivePaths ?? {};
  const archivePaths: Record<string, string> = {};
  for (const { source } of comparison.images) {
    if (source.kind !== 'archive') continue;
    // An archive that is gone for now may be there again another day.
    const path = archives.findPath(source.archiveId) ?? known[source.archiveId];
    if (path !== undefined) archivePaths[source.archiveId] = path;
  }
  await table.keep({ projectId, comparison, archivePaths });
}

/**
 * What was compared last in a project; null when nothing was. Its archives are open again; one that is gone keeps an id
 * that is unknown, so that reading it says so.
 */
export async function recallComparison(
  table: ComparisonTable,
  archives: OpenArchives,
  projectId: string
): Promise<RememberedComparison | null> {
  const entry = table.of(projectId);
  if (entry === null) return null;
  const images: RememberedImage[] = [];
  for (const image of entry.comparison.images) {
    const { source } = image;
    const path = source.kind === 'archive' ? entry.archivePaths[source.archiveId] : undefined;
    const opened = path === undefined ? null : await archives.openPath(path);
    const isMoved = opened !== null && source.kind === 'archive';
    images.push(isMoved ? { ...image, source: { ...source, archiveId: opened.archiveId } } : image);
  }
  return { ...entry.comparison, images };
}
