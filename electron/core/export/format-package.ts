import { packageChange } from '#contract/domain/package-change.ts';
import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ComparedPackage } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/**
 * A row of a document's packages: in each image the versions, formatted by `write`, and the bytes owned; and the
 * change.
 */
export function formatPackage(
  row: ComparedPackage,
  baseline: number,
  write: (version: string) => string
): { images: string[]; change: string } {
  const changes = row.images.map((_, image) => packageChange(row, baseline, image));
  const shownChanges = changes.filter((change) => change !== 'same' && change !== 'absent');
  return {
    images: row.images.map((cell) => {
      if (cell === null) return words.compare.files.missing;
      const size = cell.ownedBytes === null ? [] : [formatBytes(cell.ownedBytes)];
      return [cell.versions.map(write).join(', '), ...size].filter((part) => part !== '').join(' · ');
    }),
    change: [...new Set(shownChanges)].map((change) => words.compare.packages.changes[change]).join(', ')
  };
}
