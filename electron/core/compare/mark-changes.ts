import type { ShownChange } from '#contract/schema/comparison.ts';
import { childrenOf } from '../filetree/path-trie.ts';
import { changeCode, type FileComparison } from './compare-files.ts';

/**
 * 1 for each path to display when filtering by these changes: paths with one of them in some image, and their parent
 * directories. A directory that is not empty counts by its contents. Without a filter, all paths that differ.
 */
export function markChanges(
  { changes, children, name }: FileComparison,
  requested: readonly ShownChange[]
): Uint8Array {
  const marks = new Uint8Array(name.length);
  const codes = new Set(requested.map(changeCode));
  const [same, absent] = [changeCode('same'), changeCode('absent')];
  const isRequested = (code: number): boolean =>
    codes.size === 0 ? code !== same && code !== absent : codes.has(code);
  // Children come after their parents.
  for (let node = marks.length - 1; node >= 0; node--) {
    const below = childrenOf(children, node);
    const isOwn =
      (codes.size === 0 || below.length === 0) && changes.some((column) => isRequested(column[node] ?? same));
    if (isOwn || below.some((child) => marks[child] === 1)) marks[node] = 1;
  }
  return marks;
}
