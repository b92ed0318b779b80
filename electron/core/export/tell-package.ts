import { packageChange } from '#contract/domain/compared-packages.ts';
import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ComparedPackage } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/** A row of a document's packages: in each image the versions, as `write` has them, and the bytes owned; and what became of it. */
export function tellPackage(
  row: ComparedPackage,
  baseline: number,
  write: (version: string) => string
): { images: string[]; change: string } {
  const changes = row.images.map((_, image) => packageChange(row, baseline, image));
  const told = changes.filter((change) => change !== 'same' && change !== 'absent');
  return {
    images: row.images.map((cell) => {
      if (cell === null) return words.compare.files.missing;
      const size = cell.ownedBytes === null ? [] : [formatBytes(cell.ownedBytes)];
      return [cell.versions.map(write).join(', '), ...size].filter((part) => part !== '').join(' · ');
    }),
    change: [...new Set(told)].map((change) => words.compare.packages.changes[change]).join(', ')
  };
}
