import type { PackageKind } from '#contract/schema/comparison.ts';
import { compareNames } from '../tar/compare-names.ts';
import type { ImageFiles } from '../analysis/image-files.ts';
import type { InstalledPackage } from './installed-package.ts';

/** A package, and the size of its files in the image. */
export interface MeasuredPackage {
  readonly kind: PackageKind;
  readonly name: string;
  readonly version: string;
  /** Null if its files are unknown. */
  readonly ownedBytes: number | null;
}

const maxTextLength = 300;

/**
 * The bytes that packages own in the merged image. A file that several packages of a kind list counts for the first one
 * by name, also if they list it by different paths.
 */
export function measurePackages(files: ImageFiles, packages: readonly InstalledPackage[]): MeasuredPackage[] {
  const counted = new Map<PackageKind, Set<number>>();
  const inOrder = [...packages].sort((a, b) => compareNames(a.name, b.name) || compareNames(a.version, b.version));
  return inOrder.map(({ kind, name, version, owns }) => {
    const seen = counted.get(kind) ?? new Set<number>();
    counted.set(kind, seen);
    return {
      kind,
      name: name.slice(0, maxTextLength),
      version: version.slice(0, maxTextLength),
      ownedBytes: owns && ('folder' in owns ? measureFolder(files, owns.folder) : measureFiles(files, owns.files, seen))
    };
  });
}

function measureFiles(files: ImageFiles, paths: readonly string[], seen: Set<number>): number {
  let bytes = 0;
  for (const path of paths) {
    const node = files.find(path);
    if (node < 0 || seen.has(node)) continue;
    seen.add(node);
    bytes += files.ownBytes(node);
  }
  return bytes;
}

function measureFolder(files: ImageFiles, path: string): number {
  const folder = files.find(path);
  if (folder < 0) return 0;
  const nested = files.child(folder, 'node_modules');
  return files.bytesBelow(folder) - (nested < 0 ? 0 : files.bytesBelow(nested));
}
