import { measureEfficiency } from './measure-efficiency.ts';
import { buildFileTree } from './file-tree.ts';
import type { FileTree } from './file-tree.ts';
import type { LayerTable } from './layer-table.ts';
import type { Efficiency } from './seen-paths.ts';
import { viewTree } from './tree-view.ts';
import type { TreeView } from './tree-view.ts';

/** What follows from an image's layers alone. Plain data, as the tables are. */
export interface MergedLayers {
  tree: FileTree;
  efficiency: Efficiency;
  /** The image as a container sees it: all layers stacked. */
  final: TreeView;
}

/** Works out all that takes a while of an image's layers, base first. */
export function mergeLayers(tables: readonly LayerTable[]): MergedLayers {
  const tree = buildFileTree(tables);
  const efficiency = measureEfficiency(tables, tree);
  return { tree, efficiency, final: viewTree(tree, tables, { kind: 'merged', layer: tables.length - 1 }) };
}
