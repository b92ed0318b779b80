import { childrenOf } from './path-trie.ts';
import type { ChildLists } from './path-trie.ts';

const ABSENT = 0;
const FILE = 1;
const FOLDER = 2;

/** The stack of the layers so far as dive keeps it: which paths are there, their sizes, which are folders. */
export class StackSizes {
  readonly #parent: Int32Array;
  readonly #children: ChildLists;
  readonly #there: Uint8Array;
  readonly #sizeBytes: Float64Array;

  constructor(parent: Int32Array, children: ChildLists) {
    this.#parent = parent;
    this.#children = children;
    this.#there = new Uint8Array(parent.length);
    this.#sizeBytes = new Float64Array(parent.length);
  }

  /** Adds a path, and those above it. A folder that a layer only implies is, for dive, no folder from then on. */
  put(node: number, sizeBytes: number, folder: boolean): void {
    this.#there[node] = folder ? FOLDER : FILE;
    this.#sizeBytes[node] = sizeBytes;
    for (let at = this.#parent[node] ?? 0; at > 0 && this.#there[at] === ABSENT; at = this.#parent[at] ?? 0) {
      this.#there[at] = FILE;
      this.#sizeBytes[at] = 0;
    }
  }

  /** Bytes that removing the path hides: zero for a file, all below for a folder; null when it is not there. */
  hiddenBy(node: number): number | null {
    if (node === 0) return 0;
    if (this.#there[node] === ABSENT) return null;
    if (this.#there[node] !== FOLDER) return 0;
    let sum = 0;
    this.#visit(node, (at) => (sum += this.#sizeBytes[at] ?? 0));
    return sum;
  }

  /** Removes a path and all below it; nothing when it is not there, and never the root. */
  remove(node: number): void {
    if (node === 0 || this.#there[node] === ABSENT) return;
    this.#visit(node, (at) => (this.#there[at] = ABSENT));
  }

  #visit(top: number, visitor: (node: number) => void): void {
    const pending = [top];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      visitor(at);
      for (const child of childrenOf(this.#children, at)) if (this.#there[child] !== ABSENT) pending.push(child);
    }
  }
}
