/** A row of a list of paths, or the row that stands for all paths without bytes. */
export type FoldedItem<Path> =
  | { readonly kind: 'path'; readonly row: Path }
  | { readonly kind: 'empty'; readonly count: number; readonly isOpen: boolean };

/**
 * Folds the paths of 0 B, which are last in a list by size, into one row; they follow it if it is open. `pathCount` counts
 * also those that are not in the list.
 */
export function foldEmptyPaths<Path extends { readonly sizeBytes: number }>(
  paths: readonly Path[],
  pathCount: number,
  isOpen: boolean
): FoldedItem<Path>[] {
  const toItem = (row: Path): FoldedItem<Path> => ({ kind: 'path', row });
  const empty = paths.filter(({ sizeBytes }) => sizeBytes === 0);
  const items = paths.filter(({ sizeBytes }) => sizeBytes > 0).map(toItem);
  if (empty.length === 0) return items;
  const count = Math.max(pathCount - items.length, empty.length);
  return [...items, { kind: 'empty', count, isOpen }, ...(isOpen ? empty.map(toItem) : [])];
}
