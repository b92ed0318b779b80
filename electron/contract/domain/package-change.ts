import type { ComparedPackage } from '../schema/comparison.ts';

/**
 * What became of a package since the baseline. `changed` has another version, `resized` the same with other files;
 * `absent` is in neither.
 */
export type PackageChange = 'same' | 'added' | 'removed' | 'changed' | 'resized' | 'absent';

/** What became of a package in an image, measured against the baseline; both by their places. */
export function packageChange({ images }: ComparedPackage, baseline: number, image: number): PackageChange {
  const [before, now] = [images[baseline] ?? null, images[image] ?? null];
  if (!before) return now ? 'added' : 'absent';
  if (!now) return 'removed';
  if (before.versions.join('\n') !== now.versions.join('\n')) return 'changed';
  const isKnown = before.ownedBytes !== null && now.ownedBytes !== null;
  return isKnown && before.ownedBytes !== now.ownedBytes ? 'resized' : 'same';
}

/**
 * The bytes by which what it owns differs from the baseline, in the image where that is most; null where it is there, and
 * nowhere tells its files.
 */
export function packageDifference({ images }: Pick<ComparedPackage, 'images'>, baseline: number): number | null {
  if (images.every((cell) => cell?.ownedBytes == null)) return null;
  const before = images[baseline]?.ownedBytes ?? 0;
  return Math.max(0, ...images.map((cell) => Math.abs((cell?.ownedBytes ?? 0) - before)));
}
