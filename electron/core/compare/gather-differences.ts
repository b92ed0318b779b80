import type { DifferenceCell } from '#contract/schema/difference-cells.ts';
import { finestShare } from '../analysis/explore/gather-cells.ts';
import { childrenOf } from '../filetree/path-trie.ts';
import { displayName } from '../tar/tar-fields.ts';
import { changeOf, sizeIn, type FileComparison } from './compare-files.ts';
import type { DifferenceSums } from './sum-differences.ts';

export interface DifferenceRequest {
  /** The folder that the picture is of. */
  readonly folder: number;
  /** As shares of what differs in that folder. */
  readonly leastShare: number;
  readonly splitShare: number;
}

/**
 * The cells of what differs between an image and the baseline, as far down as they can be told apart. Folders in which
 * nothing but one folder differs are passed through.
 */
export function gatherDifferences(
  comparison: FileComparison,
  sums: DifferenceSums,
  image: number,
  { folder, leastShare, splitShare }: DifferenceRequest
): DifferenceCell[] {
  const { children, baseline } = comparison;
  const { moreBytes, fewerBytes, fileCount } = sums;
  const cells: DifferenceCell[] = [];
  const differing = (node: number): number => (moreBytes[node] ?? 0) + (fewerBytes[node] ?? 0);
  const whole = differing(folder);
  const leastBytes = Math.max(whole * Math.max(leastShare, finestShare), 1);
  const splitBytes = whole * splitShare;

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
    const rest: DifferenceCell = { ...cellOf(node, parent), kind: 'rest', beforeBytes: null, afterBytes: null };
    rest.sizeBytes = rest.moreBytes = rest.fewerBytes = rest.fileCount = 0;
    for (const child of childrenOf(children, node)) {
      const bytes = differing(child);
      if (bytes >= leastBytes) {
        const at = passThrough(child);
        const index = cells.push(cellOf(at, parent)) - 1;
        if (bytes > splitBytes) split(at, index);
      } else if (bytes > 0) {
        rest.sizeBytes += bytes;
        rest.moreBytes += moreBytes[child] ?? 0;
        rest.fewerBytes += fewerBytes[child] ?? 0;
        rest.fileCount += fileCount[child] ?? 0;
        rest.itemCount += 1;
      }
    }
    if (rest.itemCount > 0) cells.push(rest);
  };

  cells.push({ ...cellOf(folder, -1), kind: 'folder' });
  if (whole > 0) split(folder, 0);
  return cells;
}

/** A path as it is shown, "/usr/lib"; empty for the root. */
export function pathIn(comparison: FileComparison, node: number): string {
  const names = chainIn(comparison, node).slice(1);
  return names.map(({ name }) => `/${name}`).join('');
}

/** The root, the folders above a path, and itself. */
export function chainIn({ parent, names, name }: FileComparison, node: number): { node: number; name: string }[] {
  const chain: { node: number; name: string }[] = [];
  for (let at = node; at >= 0; at = parent[at] ?? -1) {
    chain.push({ node: at, name: at === 0 ? '' : displayName(names[name[at] ?? 0] ?? '') });
  }
  return chain.reverse();
}
