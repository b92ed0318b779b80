import type { ImageAnalysis } from '../describe-analysis.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { childrenOf } from '../../filetree/path-trie.ts';
import { displayName } from '../../tar/tar-fields.ts';

/** A path of the tree for display, with a leading slash; empty for the root. */
export function pathOfNode(tree: FileTree, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) segments.push(nameOfNode(tree, at));
  return segments.length === 0 ? '' : `/${segments.reverse().join('/')}`;
}

/** A path of the tree as in a layer, without a leading slash: not for display. */
export function rawPathOf(tree: FileTree, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) segments.push(tree.names[tree.name[at] ?? 0] ?? '');
  return segments.reverse().join('/');
}

/** The last segment of a displayed path. */
export function nameOfNode(tree: FileTree, node: number): string {
  return displayName(tree.names[tree.name[node] ?? 0] ?? '');
}

/** The parent directories of a path, root first. */
export function ancestorsOf(tree: FileTree, node: number): number[] {
  const above: number[] = [];
  for (let at = node; at > 0;) {
    at = tree.parent[at] ?? 0;
    above.push(at);
  }
  return above.reverse();
}

/** The number of a displayed path; null if no layer has it. */
export function findNode(tree: FileTree, path: string): number | null {
  let at = 0;
  for (const segment of path.split('/')) {
    if (segment === '') continue;
    const next = childrenOf(tree.children, at).find((child) => nameOfNode(tree, child) === segment);
    if (next === undefined) return null;
    at = next;
  }
  return at;
}

/** The index of a path in a layer's table; -1 if the layer does not have it. */
export function tableNodeOf({ tree }: ImageAnalysis, layer: number, node: number): number {
  return node === 0 ? 0 : (tree.layers[layer]?.mapped.indexOf(node) ?? -1);
}
