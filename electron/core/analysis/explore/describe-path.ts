import type { PathDetail } from '#contract/schema/analysis-overview.ts';
import type { ImageAnalysis } from '../describe-analysis.ts';
import { changeKinds } from '../../filetree/file-tree.ts';
import type { TreeView } from '../../filetree/tree-view.ts';
import { ancestorsOf, pathOfNode } from './tree-paths.ts';
import { rowOf } from './list-rows.ts';

/** Details of one path in the view of its layer: its entry, the layers that have it, and the one that hides it. */
export function describePath(
  { tree, tables }: ImageAnalysis,
  views: { view: TreeView; below: TreeView | null },
  layer: number,
  node: number
): PathDetail {
  const row = rowOf(tree, tables, views, node, null);
  const versions = tree.layers.flatMap((changes, index) => {
    const at = changes.node.indexOf(node);
    if (at < 0) return [];
    const source = changes.source[at] ?? -1;
    const change = changeKinds[changes.change[at] ?? 0] ?? 'unchanged';
    return [{ layer: index, change, sizeBytes: source < 0 ? 0 : (tables[index]?.sizeBytes[source] ?? 0) }];
  });
  const hiding = tree.layers.findIndex(
    (changes, index) => index > layer && (changes.node.includes(node) || changes.removedNodes.includes(node))
  );
  const isFolder = row.kind === 'folder' || row.kind === 'implied';
  return {
    node,
    name: row.name,
    kind: row.kind,
    change: row.change,
    layer: row.layer,
    sizeBytes: row.sizeBytes,
    fileCount: row.fileCount,
    mode: row.mode,
    uid: row.uid,
    gid: row.gid,
    mtimeSeconds: row.mtimeSeconds,
    linkTarget: row.linkTarget,
    path: pathOfNode(tree, node) || '/',
    ancestors: ancestorsOf(tree, node),
    hiddenByLayer: layer < 0 || isFolder || hiding < 0 ? null : hiding,
    versions
  };
}
