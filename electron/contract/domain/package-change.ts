import type { ComparedPackage } from '../schema/comparison.ts';

/**
 * What happened to a package since the baseline. `changed` is another version, `resized` the same version with other
 * files;
 * `absent` is in neither image.
 */
export type PackageChange = 'same' | 'added' | 'removed' | 'changed' | 'resized' | 'absent';

/** What happened to a package in an image compared with the baseline; both by index. */
export function packageChange({ images }: ComparedPackage, baseline: number, image: number): PackageChange {
  const [before, now] = [images[baseline] ?? null, images[image] ?? null];
  if (!before) return now ? 'added' : 'absent';
  if (!now) return 'removed';
  if (before.versions.join('\n') !== now.versions.join('\n')) return 'changed';
  const isKnown = before.ownedBytes !== null && now.ownedBytes !== null;
  return isKnown && before.ownedBytes !== now.ownedBytes ? 'resized' : 'same';
}

/**
 * The difference between the bytes of the package's files and the baseline's, of the image where it is largest; null if
 * no
 * image lists its files.
 */
export function packageDifference({ images }: Pick<ComparedPackage, 'images'>, baseline: number): number | null {
  if (images.every((cell) => cell?.ownedBytes == null)) return null;
  const before = images[baseline]?.ownedBytes ?? 0;
  return Math.max(0, ...images.map((cell) => Math.abs((cell?.ownedBytes ?? 0) - before)));
}
