import { childKey } from './layer-table.ts';
import type { LayerTable } from './layer-table.ts';

/** The paths of several layers as one tree: a number for each path, a parent before its children. Node 0 is the root. */
export class PathTrie {
  readonly names: string[] = [];
  readonly parent: number[] = [];
  readonly name: number[] = [];
  readonly #nameIndex = new Map<string, number>();
  readonly #children = new Map<number, number>();

  constructor() {
    this.parent.push(-1);
    this.name.push(this.#intern(''));
  }

  get size(): number {
    return this.parent.length;
  }

  child(parent: number, name: string): number {
    const nameIndex = this.#intern(name);
    const key = childKey(parent, nameIndex);
    const found = this.#children.get(key);
    if (found !== undefined) return found;
    const node = this.parent.push(parent) - 1;
    this.name.push(nameIndex);
    this.#children.set(key, node);
    return node;
  }

  find(parent: number, name: string): number | undefined {
    const nameIndex = this.#nameIndex.get(name);
    return nameIndex === undefined ? undefined : this.#children.get(childKey(parent, nameIndex));
  }

  /** The number of each of a layer's nodes here; `skip` leaves a node and what is below it out (-1). */
  place(table: LayerTable, skip: (name: string) => boolean): Int32Array {
    const placed = new Int32Array(table.parent.length);
    for (let node = 1; node < placed.length; node++) {
      const parent = placed[table.parent[node] ?? 0] ?? 0;
      const name = table.names[table.name[node] ?? 0] ?? '';
      placed[node] = parent < 0 || skip(name) ? -1 : this.child(parent, name);
    }
    return placed;
  }

  #intern(name: string): number {
    const found = this.#nameIndex.get(name);
    if (found !== undefined) return found;
    const index = this.names.push(name) - 1;
    this.#nameIndex.set(name, index);
    return index;
  }
}

/** Who is below whom, as lists one after the other: node n's children are `list[start[n]..start[n + 1])`. */
export interface ChildLists {
  start: Int32Array;
  list: Int32Array;
}

/** The children of every node of a tree whose parents come first, in the order of their numbers. */
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

export function childrenOf({ start, list }: ChildLists, node: number): Int32Array {
  return list.subarray(start[node], start[node + 1]);
}
