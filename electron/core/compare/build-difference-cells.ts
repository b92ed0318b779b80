import type { DifferenceCell } from '#contract/schema/difference-cells.ts';
import { minCellShare } from '../analysis/explore/build-treemap-cells.ts';
import { childrenOf } from '../filetree/path-trie.ts';
import { displayName } from '../tar/tar-fields.ts';
import { changeOf, sizeIn, type FileComparison } from './compare-files.ts';
import type { DifferenceSums } from './sum-differences.ts';

export interface DifferenceRequest {
  /** The displayed directory. */
  readonly folder: number;
  /** As shares of the differences in that directory. */
  readonly minShare: number;
  readonly splitShare: number;
}

/**
 * The cells of the differences between an image and the baseline, down to the smallest share that can be displayed.
 * Directories in which only one directory differs are skipped.
 */
export function buildDifferenceCells(
  comparison: FileComparison,
  sums: DifferenceSums,
  image: number,
  { folder, minShare, splitShare }: DifferenceRequest
): DifferenceCell[] {
  const { children, baseline } = comparison;
  const { moreBytes, fewerBytes, fileCount } = sums;
  const cells: DifferenceCell[] = [];
  const differing = (node: number): number => (moreBytes[node] ?? 0) + (fewerBytes[node] ?? 0);
  const totalBytes = differing(folder);
  const minBytes = Math.max(totalBytes * Math.max(minShare, minCellShare), 1);
  const splitBytes = totalBytes * splitShare;

  const cellOf = (node: number, parent: number): DifferenceCell => ({
    parent,
    kind: childrenOf(children, node).length > 0 ? 'folder' : 'file',
    node,
    path: pathIn(comparison, node),
    sizeBytes: differing(node),
    moreBytes: moreBytes[node] ?? 0,
    fewerBytes: fewerBytes[node] ?? 0,
    beforeBytes: sizeIn(comparison, node, baseline),
    afterBytes: sizeIn(comparison, node, image),
    change: changeOf(comparison, node, image),
    fileCount: fileCount[node] ?? 0,
    itemCount: 0
  });

  const passThrough = (node: number): number => {
    for (let at = node; ;) {
      const only = childrenOf(children, at).find((child) => differing(child) === differing(at));
      if (only === undefined) return at;
      at = only;
    }
  };

  const split = (node: number, parent: number): void => {
    const other: DifferenceCell = { ...cellOf(node, parent), kind: 'other', beforeBytes: null, afterBytes: null };
    other.sizeBytes = other.moreBytes = other.fewerBytes = other.fileCount = 0;
    for (const child of childrenOf(children, node)) {
      const bytes = differing(child);
      if (bytes >= minBytes) {
        const at = passThrough(child);
        const index = cells.push(cellOf(at, parent)) - 1;
        if (bytes > splitBytes) split(at, index);
      } else if (bytes > 0) {
        other.sizeBytes += bytes;
        other.moreBytes += moreBytes[child] ?? 0;
        other.fewerBytes += fewerBytes[child] ?? 0;
        other.fileCount += fileCount[child] ?? 0;
        other.itemCount += 1;
      }
    }
    if (other.itemCount > 0) cells.push(other);
  };

  cells.push({ ...cellOf(folder, -1), kind: 'folder' });
  if (totalBytes > 0) split(folder, 0);
  return cells;
}

/** A path for display, "/usr/lib"; empty for the root. */
export function pathIn(comparison: FileComparison, node: number): string {
  const names = chainIn(comparison, node).slice(1);
  return names.map(({ name }) => `/${name}`).join('');
}

/** The root, the parent directories of a path, and the path itself. */
export function chainIn({ parent, names, name }: FileComparison, node: number): { node: number; name: string }[] {
  const chain: { node: number; name: string }[] = [];
  for (let at = node; at >= 0; at = parent[at] ?? -1) {
    chain.push({ node: at, name: at === 0 ? '' : displayName(names[name[at] ?? 0] ?? '') });
  }
  return chain.reverse();
}
