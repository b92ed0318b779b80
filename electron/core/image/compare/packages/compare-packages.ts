import type { ComparedPackage } from '../../../../contract/schema/comparison.ts';
import { compareNames } from '../../layer/sort-names.ts';
import type { FoundPackage } from './found-package.ts';

/** What one image has: its packages, and how many bytes a path holds (0 for what is no file, or is not there). */
export interface ImagePackages {
  readonly packages: readonly FoundPackage[];
  readonly sizeOf: (path: string) => number;
}

/** Packages side by side: one row for each kind and name, with all of its versions, and the bytes they own. */
export function comparePackages(images: readonly ImagePackages[]): ComparedPackage[] {
  const rows = new Map<string, ComparedPackage>();
  images.forEach(({ packages, sizeOf }, image) => {
    const counted = new Set<string>();
    for (const found of packages) {
      const { kind, name, version } = found;
      const key = `${kind} ${name}`;
      const row = rows.get(key) ?? { kind, name, images: images.map(() => null), isSame: true };
      rows.set(key, row);
      const cell = row.images[image] ?? { versions: [], ownedBytes: 0 };
      row.images[image] = cell;
      if (!cell.versions.includes(version)) cell.versions.push(version);
      for (const path of found.files) {
        // A path that several packages own counts for the one that comes first.
        if (counted.has(path)) continue;
        counted.add(path);
        cell.ownedBytes += sizeOf(path);
      }
    }
  });
  const told = (cell: ComparedPackage['images'][number]): string => JSON.stringify(cell?.versions.sort() ?? null);
  for (const row of rows.values()) row.isSame = new Set(row.images.map(told)).size === 1;
  return [...rows.values()].sort((a, b) => compareNames(a.kind, b.kind) || compareNames(a.name, b.name));
}

const rpmDatabase = /^(usr\/lib\/sysimage\/rpm|var\/lib\/rpm)\/(rpmdb\.sqlite|Packages|Packages\.db)$/;

/** The rpm database among an image's paths, which cannot be read here and has to be said; null without one. */
export function findRpmDatabase(paths: Iterable<string>): string | null {
  for (const path of paths) if (rpmDatabase.test(path)) return path;
  return null;
}
