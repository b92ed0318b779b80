import { measureEfficiency } from './measure-efficiency.ts';
import { buildFileTree } from './file-tree.ts';
import type { FileTree } from './file-tree.ts';
import type { LayerTable } from './layer-table.ts';
import type { Efficiency } from './seen-paths.ts';
import { viewTree } from './tree-view.ts';
import type { TreeView } from './tree-view.ts';

/** Everything derived from an image's layers alone. Plain data, like the tables. */
export interface MergedLayers {
  tree: FileTree;
  efficiency: Efficiency;
  /** The merged layers: the image as a container sees it. */
  final: TreeView;
}

/** Computes the expensive results for an image's layers, base first. */
export function mergeLayers(tables: readonly LayerTable[]): MergedLayers {
  const tree = buildFileTree(tables);
  const efficiency = measureEfficiency(tables, tree);
  return { tree, efficiency, final: viewTree(tree, tables, { kind: 'merged', layer: tables.length - 1 }) };
}
