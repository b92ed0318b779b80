import type { FileTree } from './file-tree.ts';
import { WHITEOUT, WHITEOUT_META } from './layer-table.ts';
import type { LayerTable } from './layer-table.ts';
import { childrenOf } from './path-trie.ts';

/**
 * What a whiteout hides: `key` is the path as counted, `node` the path to look up (".wh." alone means its directory).
 */
export interface Whiteout {
  node: number;
  key: number;
}

/**
 * The paths of a tree and, numbered after them, those that dive counts in addition: whiteouts as files, the paths
 * below them, and the paths they name although no layer has them.
 */
export class CountedPaths {
  readonly #tree: FileTree;
  readonly #added: { parent: number; name: string }[] = [];
  readonly #addedIndex = new Map<string, number>();
  readonly #addedBelow = new Map<number, number[]>();
  readonly #folders = new Map<number, Map<string, number>>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  get size(): number {
    return this.#tree.parent.length + this.#added.length;
  }

  /** A layer's nodes by their paths, with -1 for AUFS's internal files; and its whiteouts, by its nodes. */
  mapTable(table: LayerTable, mapped: Int32Array): { at: Int32Array; whiteouts: Map<number, Whiteout> } {
    const whiteouts = new Map<number, Whiteout>();
    if (!mapped.includes(-1)) return { at: mapped, whiteouts };
    const at = mapped.slice();
    for (let node = 1; node < at.length; node++) {
      if (at[node] !== -1) continue;
      const parent = at[table.parent[node] ?? 0] ?? 0;
      const name = table.names[table.name[node] ?? 0] ?? '';
      if (parent < 0 || name.startsWith(WHITEOUT_META)) continue;
      at[node] = this.#child(parent, name);
      if (!name.startsWith(WHITEOUT)) continue;
      const key = this.#child(parent, name.slice(WHITEOUT.length));
      whiteouts.set(node, { key, node: name === WHITEOUT ? parent : key });
    }
    return { at, whiteouts };
  }

  parentOf(node: number): number {
    const { parent } = this.#tree;
    return node < parent.length ? (parent[node] ?? 0) : (this.#added[node - parent.length]?.parent ?? 0);
  }

  /** The children of a path. */
  childrenOf(node: number): number[] {
    const ofTree = node < this.#tree.parent.length ? [...childrenOf(this.#tree.children, node)] : [];
    return ofTree.concat(this.#addedBelow.get(node) ?? []);
  }

  /** With a leading "/". */
  pathOf(node: number): string {
    const segments: string[] = [];
    for (let at = node; at > 0;) {
      const added = this.#added[at - this.#tree.parent.length];
      segments.push(added?.name ?? this.#tree.names[this.#tree.name[at] ?? 0] ?? '');
      at = this.parentOf(at);
    }
    return `/${segments.reverse().join('/')}`;
  }

  #child(parent: number, name: string): number {
    const found = this.#inFolder(parent).get(name);
    if (found !== undefined) return found;
    const key = `${parent}/${name}`;
    const known = this.#addedIndex.get(key);
    if (known !== undefined) return known;
    const node = this.size;
    this.#added.push({ parent, name });
    const below = this.#addedBelow.get(parent);
    if (below) below.push(node);
    else this.#addedBelow.set(parent, [node]);
    this.#addedIndex.set(key, node);
    return node;
  }

  /** The tree's nodes in a directory by name: created for the few directories with whiteouts, once. */
  #inFolder(folder: number): Map<string, number> {
    const made = this.#folders.get(folder);
    if (made) return made;
    const { children, names, name } = this.#tree;
    const nodes = new Map<string, number>();
    // An added path is beyond the end of the lists, and has no children in the tree.
    for (let at = children.start[folder] ?? 0; at < (children.start[folder + 1] ?? 0); at++) {
      const node = children.list[at] ?? 0;
      nodes.set(names[name[node] ?? 0] ?? '', node);
    }
    this.#folders.set(folder, nodes);
    return nodes;
  }
}
