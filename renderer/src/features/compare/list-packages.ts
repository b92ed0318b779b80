import { compareText } from '#contract/format/compare-text.ts';
import { packageChange, packageDifference } from '#contract/domain/package-change.ts';
import type { ComparedPackage, PackageKind } from '#contract/schema/comparison.ts';

/** By name, by the difference to the baseline, or by the bytes in one image. */
export interface PackageSort {
  readonly column: 'name' | 'difference' | number;
  readonly descending: boolean;
}

export interface ShownPackages {
  readonly kind: PackageKind | 'all';
  readonly shown: 'differences' | 'all';
  readonly query: string;
  readonly sort: PackageSort;
}

/** Names ascending, bytes descending. */
export function defaultPackageSort(column: PackageSort['column']): PackageSort {
  return { column, descending: column !== 'name' };
}

/** Whether a package differs from the baseline in some image. */
export function isDifferent(row: ComparedPackage, baseline: number): boolean {
  return row.images.some((_, image) => !['same', 'absent'].includes(packageChange(row, baseline, image)));
}

/** The filtered and sorted packages. Every word of the query must be in the name or a version. */
export function listPackages(
  rows: readonly ComparedPackage[],
  baseline: number,
  { kind, shown, query, sort }: ShownPackages
): ComparedPackage[] {
  const words = query.toLowerCase().split(/\s+/);
  const found = rows.filter((row) => {
    if (kind !== 'all' && row.kind !== kind) return false;
    if (shown === 'differences' && !isDifferent(row, baseline)) return false;
    const texts = [row.name, ...row.images.flatMap((cell) => cell?.versions ?? [])].map((text) => text.toLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
  const { column, descending } = sort;
  const sizeOf = (row: ComparedPackage): number =>
    typeof column === 'number' ? (row.images[column]?.ownedBytes ?? -1) : (packageDifference(row, baseline) ?? -1);
  const byName = (a: ComparedPackage, b: ComparedPackage): number => compareText(a.name, b.name);
  const bySize = (a: ComparedPackage, b: ComparedPackage): number => sizeOf(a) - sizeOf(b);
  const direction = descending ? -1 : 1;
  return found.sort((a, b) =>
    column === 'name' ? direction * byName(a, b) : direction * bySize(a, b) || byName(a, b)
  );
}
