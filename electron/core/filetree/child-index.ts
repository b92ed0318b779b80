/** The indexed columns: a tree's nodes, which may be replaced by longer arrays. */
export interface NodeColumns {
  readonly parent: Int32Array;
  readonly name: Int32Array;
}

const EMPTY = -1;

/** Finds a node by its parent and its name: a hash table of plain numbers, about ten times smaller than a Map. */
export class ChildIndex {
  #slots = new Int32Array(1024).fill(EMPTY);
  #count = 0;

  /** The node, or -1. */
  find(columns: NodeColumns, parent: number, name: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = slotOf(parent, name, mask); ; slot = (slot + 1) & mask) {
      const node = this.#slots[slot] ?? EMPTY;
      if (node === EMPTY || (columns.parent[node] === parent && columns.name[node] === name)) return node;
    }
  }

  /** Adds a node that is not in the index; its columns must be filled. */
  add(columns: NodeColumns, node: number): void {
    if (this.#count * 2 >= this.#slots.length) this.#grow(columns);
    this.#put(columns, node);
    this.#count++;
  }

  #put(columns: NodeColumns, node: number): void {
    const mask = this.#slots.length - 1;
    let slot = slotOf(columns.parent[node] ?? 0, columns.name[node] ?? 0, mask);
    while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.#slots[slot] = node;
  }

  #grow(columns: NodeColumns): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2).fill(EMPTY);
    for (const node of old) if (node !== EMPTY) this.#put(columns, node);
  }
}

/** Mixes all bits of both numbers, since both are sequential. */
function slotOf(parent: number, name: number, mask: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(name, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & mask;
}
