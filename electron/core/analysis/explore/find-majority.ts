import { fileKinds } from '#contract/domain/file-kinds.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { changeKinds } from '../../filetree/file-tree.ts';
import { childrenOf } from '../../filetree/path-trie.ts';
import type { LayerSums } from './layer-sums.ts';
import { add } from './layer-sums.ts';

/** The kind of most bytes below a directory. */
export function findMajority(sums: LayerSums, folder: number): Pick<FileCell, 'change' | 'fileKind'> {
  const byChange = new Float64Array(changeKinds.length);
  const byKind = new Float64Array(fileKinds.length);
  const pending = [folder];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const children = childrenOf(sums.children, node);
    if (children.length > 0) {
      for (const child of children) pending.push(child);
      continue;
    }
    const sizeBytes = sums.sizeBytes[node] ?? 0;
    add(byChange, sums.change[node] ?? 0, sizeBytes);
    add(byKind, sums.fileKind[node] ?? 0, sizeBytes);
  }
  return {
    change: changeKinds[largestOf(byChange)] ?? 'unchanged',
    fileKind: fileKinds[largestOf(byKind)] ?? 'other'
  };
}

function largestOf(column: Float64Array): number {
  let largest = 0;
  for (let at = 1; at < column.length; at++) if ((column[at] ?? 0) > (column[largest] ?? 0)) largest = at;
  return largest;
}
