import { packageDifference } from '#contract/domain/package-change.ts';
import { packageKindSchema, type ComparedPackage, type ComparedPackages } from '#contract/schema/comparison.ts';
import { compareNames } from '../tar/compare-names.ts';
import type { MeasuredPackage } from './measure-packages.ts';
import type { ImagePackages } from './read-packages.ts';

/** Max number of rows; those that differ come first. */
const maxRows = 20_000;
const maxUnread = 100;

/** Compares the installed packages: one row per kind and name, the largest difference to the first image first. */
export function comparePackages(images: readonly ImagePackages[]): Omit<ComparedPackages, 'images'> {
  const rows = new Map<string, ComparedPackage>();
  images.forEach(({ packages }, image) => {
    for (const found of packages) {
      const { kind, name } = found;
      const key = `${kind} ${name}`;
      const row = rows.get(key) ?? { kind, name, images: images.map(() => null), isSame: true };
      rows.set(key, row);
      row.images[image] = added(row.images[image] ?? null, found);
    }
  });
  for (const row of rows.values()) row.isSame = new Set(row.images.map((cell) => JSON.stringify(cell))).size === 1;
  const sorted = [...rows.values()].sort(
    (a, b) =>
      Number(a.isSame) - Number(b.isSame) || differenceOf(b, 0) - differenceOf(a, 0) || compareNames(a.name, b.name)
  );
  return {
    rows: sorted.slice(0, maxRows),
    leftOutCount: Math.max(0, sorted.length - maxRows),
    totals: packageKindSchema.options.flatMap((kind) => {
      const ofKind = images.map(({ packages }) => packages.filter((each) => each.kind === kind));
      return ofKind.some((packages) => packages.length > 0) ? [{ kind, images: ofKind.map(sumOf) }] : [];
    }),
    unread: images.flatMap(({ unread }, image) => unread.map((each) => ({ image, ...each }))).slice(0, maxUnread)
  };
}

/** For sorting: unknown values come last. */
export const differenceOf = (row: ComparedPackage, baseline: number): number => packageDifference(row, baseline) ?? -1;

type Cell = ComparedPackage['images'][number];

/** A package may be installed in several versions, as with npm. */
function added(cell: Cell, { version, ownedBytes }: MeasuredPackage): Cell {
  if (!cell) return { versions: [version], ownedBytes };
  const versions = [...new Set([...cell.versions, version])].sort();
  return { versions, ownedBytes: sumKnown([cell.ownedBytes, ownedBytes]) };
}

function sumOf(packages: readonly MeasuredPackage[]): { count: number; ownedBytes: number | null } {
  return { count: packages.length, ownedBytes: sumKnown(packages.map(({ ownedBytes }) => ownedBytes)) };
}

/** Null if none of them is known. */
function sumKnown(sizes: readonly (number | null)[]): number | null {
  const known = sizes.filter((size) => size !== null);
  return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0);
}
