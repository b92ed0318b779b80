import { ChildIndex } from './child-index.ts';
import type { LayerTable } from './layer-table.ts';
import { NameIndex } from './name-index.ts';

/**
 * The paths of several layers as one tree: a number for each path, a parent before its children. Node 0 is the root.
 */
export class PathTrie {
  readonly #names = new NameIndex();
  readonly #children = new ChildIndex();
  #columns = { parent: new Int32Array(1024), name: new Int32Array(1024) };
  #size = 1;

  constructor() {
    this.#columns.parent[0] = -1;
    this.#columns.name[0] = this.#names.intern('');
  }

  /** Every name once. */
  get names(): string[] {
    return this.#names.names;
  }

  /** Number of nodes so far. */
  get size(): number {
    return this.#size;
  }

  /** The parent of each node, so far. */
  get parent(): Int32Array {
    return this.#columns.parent.subarray(0, this.#size);
  }

  /** The name of each node, as an index into `names`, so far. */
  get name(): Int32Array {
    return this.#columns.name.subarray(0, this.#size);
  }

  /** The child node with this name, created if it does not exist. */
  child(parent: number, name: string): number {
    return this.#child(parent, this.#names.intern(name));
  }

  #child(parent: number, nameIndex: number): number {
    const found = this.#children.find(this.#columns, parent, nameIndex);
    if (found >= 0) return found;
    const node = this.#size++;
    if (node === this.#columns.parent.length) {
      this.#columns = { parent: longer(this.#columns.parent), name: longer(this.#columns.name) };
    }
    this.#columns.parent[node] = parent;
    this.#columns.name[node] = nameIndex;
    this.#children.add(this.#columns, node);
    return node;
  }

  find(parent: number, name: string): number | undefined {
    const nameIndex = this.#names.find(name);
    const found = nameIndex < 0 ? -1 : this.#children.find(this.#columns, parent, nameIndex);
    return found < 0 ? undefined : found;
  }

  /** The number of each of a layer's nodes in this tree; `skip` omits a node and everything below it (-1). */
  mapTable(table: LayerTable, skip: (name: string) => boolean): Int32Array {
    const mapped = new Int32Array(table.parent.length);
    const names = new Int32Array(table.names.length);
    for (let at = 0; at < names.length; at++) {
      const name = table.names[at] ?? '';
      names[at] = skip(name) ? -1 : this.#names.intern(name);
    }
    for (let node = 1; node < mapped.length; node++) {
      const parent = mapped[table.parent[node] ?? 0] ?? 0;
      const name = names[table.name[node] ?? 0] ?? 0;
      mapped[node] = parent < 0 || name < 0 ? -1 : this.#child(parent, name);
    }
    return mapped;
  }
}

function longer(column: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(column.length * 2);
  twice.set(column);
  return twice;
}

/** Child lists, concatenated: node n's children are `list[start[n]..start[n + 1])`. */
export interface ChildLists {
  start: Int32Array;
  list: Int32Array;
}

/** The children of every node of a tree in which parents come first, in the order of their numbers. */
export function listChildren(parent: ArrayLike<number>): ChildLists {
  const count = parent.length;
  const start = new Int32Array(count + 1);
  for (let node = 1; node < count; node++) {
    const at = (parent[node] ?? 0) + 1;
    start[at] = (start[at] ?? 0) + 1;
  }
  for (let node = 0; node < count; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice(0, count);
  const list = new Int32Array(Math.max(0, count - 1));
  for (let node = 1; node < count; node++) {
    const above = parent[node] ?? 0;
    const at = next[above] ?? 0;
    list[at] = node;
    next[above] = at + 1;
  }
  return { start, list };
}

/** The child nodes of a node, in ascending order: a view into the lists, not a copy. */
export function childrenOf({ start, list }: ChildLists, node: number): Int32Array {
  return list.subarray(start[node], start[node + 1]);
}
