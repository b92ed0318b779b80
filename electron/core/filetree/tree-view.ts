import type { TreeScope } from '#contract/schema/analysis-overview.ts';
import { changeOf } from './file-tree.ts';
import type { FileTree } from './file-tree.ts';
import { nodeKinds } from '#contract/domain/node-kinds.ts';
import type { LayerTable } from './layer-table.ts';

/** The tree of one scope, in columns parallel to the tree's own. Sizes of directories are sums. */
export interface TreeView {
  scope: TreeScope;
  /** The layer whose entry is visible at a node; -1 for none (an implied directory, or nothing at all). */
  layer: Int32Array;
  /** That entry's index in the layer's table; -1 for none. */
  source: Int32Array;
  /** 1 if the node is in the scope, including implied directories and removed paths. */
  present: Uint8Array;
  /** An index of `changeKinds`; for the visible layer. */
  change: Uint8Array;
  sizeBytes: Float64Array;
  /** Files and links, below the node and itself; removed ones are not counted. */
  fileCount: Int32Array;
}

const REMOVED = changeOf('removed');

/** Computes the paths in a scope, and the sums of the directories, in one pass over the entries. */
export function viewTree(tree: FileTree, tables: readonly LayerTable[], scope: TreeScope): TreeView {
  const count = tree.parent.length;
  const view: TreeView = {
    scope,
    layer: new Int32Array(count).fill(-1),
    source: new Int32Array(count).fill(-1),
    present: new Uint8Array(count),
    change: new Uint8Array(count),
    sizeBytes: new Float64Array(count),
    fileCount: new Int32Array(count)
  };
  const first = scope.kind === 'layer' ? scope.layer : 0;
  for (let layer = first; layer <= scope.layer; layer++) putLayer(tree, view, layer);
  sumUp(tree, tables, view);
  return view;
}

function putLayer(tree: FileTree, view: TreeView, layer: number): void {
  const changes = tree.layers[layer];
  if (!changes) return;
  const isMerged = view.scope.kind === 'merged';
  if (isMerged) {
    for (const node of changes.removedNodes) {
      view.source[node] = -1;
      view.layer[node] = -1;
    }
  }
  changes.node.forEach((node, index) => {
    const change = changes.change[index] ?? 0;
    if (change === REMOVED && isMerged) return;
    view.source[node] = changes.source[index] ?? -1;
    view.layer[node] = layer;
    view.change[node] = change;
  });
}

/** Children come after their parents, so going backwards every sum is complete when it is added to its parent. */
function sumUp(tree: FileTree, tables: readonly LayerTable[], view: TreeView): void {
  for (let node = tree.parent.length - 1; node > 0; node--) {
    const table = tables[view.layer[node] ?? -1];
    const source = view.source[node] ?? -1;
    if (table) view.present[node] = 1;
    if (table && source >= 0) {
      const kind = nodeKinds[table.kind[source] ?? 0];
      view.sizeBytes[node] = (view.sizeBytes[node] ?? 0) + (table.sizeBytes[source] ?? 0);
      if (kind !== 'folder') view.fileCount[node] = (view.fileCount[node] ?? 0) + 1;
    }
    if (view.present[node] === 0) continue;
    const parent = tree.parent[node] ?? 0;
    view.present[parent] = 1;
    view.sizeBytes[parent] = (view.sizeBytes[parent] ?? 0) + (view.sizeBytes[node] ?? 0);
    view.fileCount[parent] = (view.fileCount[parent] ?? 0) + (view.fileCount[node] ?? 0);
  }
}
