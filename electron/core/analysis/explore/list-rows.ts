import type { TreeRow } from '#contract/schema/analysis-overview.ts';
import { changeKinds, changeOf } from '../../filetree/file-tree.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { nodeKinds } from '#contract/domain/node-kinds.ts';
import type { LayerTable } from '../../filetree/layer-table.ts';
import { childrenOf } from '../../filetree/path-trie.ts';
import type { TreeView } from '../../filetree/tree-view.ts';
import { displayName } from '../../tar/tar-fields.ts';
import { nameOfNode } from './tree-paths.ts';

const REMOVED = changeOf('removed');

/**
 * The children of a directory in a view, in the order of the tree. `below`, the merged layers under a single layer's
 * view, has
 * the size of a removed path. `shown` marks the paths that match the filters, and their parents; null matches all.
 */
export function listRows(
  tree: FileTree,
  tables: readonly LayerTable[],
  views: { view: TreeView; below: TreeView | null },
  folder: number,
  shown: Uint8Array | null
): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const node of childrenOf(tree.children, folder)) {
    if (views.view.present[node] === 1 && shown?.[node] !== 0) rows.push(rowOf(tree, tables, views, node, shown));
  }
  return rows;
}

/** One path of a view. */
export function rowOf(
  tree: FileTree,
  tables: readonly LayerTable[],
  { view, below }: { view: TreeView; below: TreeView | null },
  node: number,
  shown: Uint8Array | null
): TreeRow {
  const isRemoved = view.change[node] === REMOVED && (view.source[node] ?? -1) < 0;
  const seen = isRemoved && below ? below : view;
  const table = tables[seen.layer[node] ?? -1];
  const source = seen.source[node] ?? -1;
  const link = table?.link[source] ?? -1;
  return {
    node,
    name: nameOfNode(tree, node),
    kind: source < 0 ? 'implied' : (nodeKinds[table?.kind[source] ?? 0] ?? 'implied'),
    change: isRemoved ? 'removed' : (changeKinds[view.change[node] ?? 0] ?? 'unchanged'),
    layer: view.layer[node] ?? -1,
    sizeBytes: seen.sizeBytes[node] ?? 0,
    fileCount: seen.fileCount[node] ?? 0,
    hasChildren: childrenOf(tree.children, node).some((child) => view.present[child] === 1 && shown?.[child] !== 0),
    mode: table?.mode[source] ?? 0,
    uid: table?.uid[source] ?? 0,
    gid: table?.gid[source] ?? 0,
    mtimeSeconds: table?.mtimeSeconds[source] ?? 0,
    linkTarget: link < 0 ? '' : displayName(table?.links[link] ?? '')
  };
}
