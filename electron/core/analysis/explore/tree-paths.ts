import type { ImageAnalysis } from '../describe-analysis.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { childrenOf } from '../../filetree/path-trie.ts';
import { displayName } from '../../tar/tar-fields.ts';

/** A path of the tree as it is shown, with a leading slash; empty for the root. */
export function pathOfNode(tree: FileTree, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) segments.push(nameOfNode(tree, at));
  return segments.length === 0 ? '' : `/${segments.reverse().join('/')}`;
}

/** A path of the tree as layers have it, without a leading slash: not to be shown. */
export function rawPathOf(tree: FileTree, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) segments.push(tree.names[tree.name[at] ?? 0] ?? '');
  return segments.reverse().join('/');
}

/** The last segment of a path as it is shown. */
export function nameOfNode(tree: FileTree, node: number): string {
  return displayName(tree.names[tree.name[node] ?? 0] ?? '');
}

/** The folders above a path, the root first. */
export function ancestorsOf(tree: FileTree, node: number): number[] {
  const above: number[] = [];
  for (let at = node; at > 0;) {
    at = tree.parent[at] ?? 0;
    above.push(at);
  }
  return above.reverse();
}

/** The number of a path as it is shown; null when no layer has it. */
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

/** The place of a path in a layer's table; -1 where the layer has nothing of it. */
export function tableNodeOf({ tree }: ImageAnalysis, layer: number, node: number): number {
  return node === 0 ? 0 : (tree.layers[layer]?.mapped.indexOf(node) ?? -1);
}
