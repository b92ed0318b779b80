import type { ChangeKind, RowOrder, TreeRow } from '#contract/schema/analysis-overview.ts';
import { changeOf } from '../../filetree/file-tree.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { TreeView } from '../../filetree/tree-view.ts';

/** Marks the paths with one of the changes that match the search, and their parent directories. */
export function markVisible(
  tree: FileTree,
  view: TreeView,
  changes: readonly ChangeKind[],
  found: Uint8Array | null
): Uint8Array {
  const requested = new Set(changes.map(changeOf));
  const shown = new Uint8Array(tree.parent.length);
  for (let node = shown.length - 1; node > 0; node--) {
    const isEntry = view.present[node] === 1 && (view.layer[node] ?? -1) >= 0;
    const passes = isEntry && (requested.size === 0 || requested.has(view.change[node] ?? 0)) && found?.[node] !== 0;
    if (passes) shown[node] = 1;
    if (shown[node] === 1) shown[tree.parent[node] ?? 0] = 1;
  }
  return shown;
}

/** Sorts rows in place; equal rows by name. Directories are sorted among files. */
export function orderRows(rows: TreeRow[], order: RowOrder): TreeRow[] {
  const byName = (a: TreeRow, b: TreeRow): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const value: Record<Exclude<RowOrder, 'name'>, (row: TreeRow) => number> = {
    size: (row) => row.sizeBytes,
    modified: (row) => row.mtimeSeconds,
    files: (row) => row.fileCount
  };
  if (order === 'name') return rows.sort(byName);
  const of = value[order];
  return rows.sort((a, b) => of(b) - of(a) || byName(a, b));
}
