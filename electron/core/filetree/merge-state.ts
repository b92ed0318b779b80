import { childrenOf } from './path-trie.ts';
import type { ChildLists } from './path-trie.ts';

/** Paths that a layer removed and did not add again. */
export interface RemovedPaths {
  tops: Int32Array;
  /** All removed paths, including those added again: to be cleared before the layer's entries are added. */
  all: Int32Array;
  files: number;
  sizeBytes: number;
}

const FOLDER = 1;
const FILE = 2;

/** Which paths exist while layers are merged one after the other. Each is removed at most as often as it is added. */
export class MergeState {
  readonly #parent: ArrayLike<number>;
  readonly #children: ChildLists;
  /** 0 absent, FOLDER or FILE. */
  readonly #present: Uint8Array;
  readonly #sizeBytes: Float64Array;
  readonly #owner = new Map<number, string>();
  /** The last layer (counted from 1) that removed the path, and its type then. */
  readonly #removedIn: Int32Array;
  readonly #removedAs: Uint8Array;
  #layer = 0;
  #removed: number[] = [];

  constructor(parent: ArrayLike<number>, children: ChildLists) {
    this.#parent = parent;
    this.#children = children;
    this.#present = new Uint8Array(parent.length);
    this.#sizeBytes = new Float64Array(parent.length);
    this.#removedIn = new Int32Array(parent.length);
    this.#removedAs = new Uint8Array(parent.length);
    this.#present[0] = FOLDER;
  }

  startLayer(): void {
    this.#layer++;
    this.#removed = [];
  }

  remove(node: number): void {
    if (this.#present[node] === 0) return;
    this.removeChildren(node);
    this.#removedIn[node] = this.#layer;
    this.#removedAs[node] = this.#present[node] ?? 0;
    this.#present[node] = 0;
    this.#removed.push(node);
  }

  removeChildren(node: number): void {
    const pending = [...childrenOf(this.#children, node)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (this.#present[at] === 0) continue;
      this.#removedIn[at] = this.#layer;
      this.#removedAs[at] = this.#present[at] ?? 0;
      this.#present[at] = 0;
      this.#removed.push(at);
      for (const child of childrenOf(this.#children, at)) pending.push(child);
    }
  }

  add(node: number, folder: boolean, sizeBytes: number, owner: string): 'added' | 'modified' | 'unchanged' {
    this.#ensureFolders(this.#parent[node] ?? 0);
    const before = this.#present[node] ?? 0;
    const wasPresent = before !== 0 || this.#removedIn[node] === this.#layer;
    const same = folder && before === FOLDER && this.#owner.get(node) === owner;
    if (!folder && before === FOLDER) this.removeChildren(node);
    this.#present[node] = folder ? FOLDER : FILE;
    this.#sizeBytes[node] = sizeBytes;
    if (folder) this.#owner.set(node, owner);
    if (same) return 'unchanged';
    return wasPresent ? 'modified' : 'added';
  }

  endLayer(): RemovedPaths {
    const tops: number[] = [];
    let files = 0;
    let sizeBytes = 0;
    const removed = (node: number): boolean => this.#removedIn[node] === this.#layer && this.#present[node] === 0;
    for (const node of this.#removed) {
      if (!removed(node)) continue;
      if (!removed(this.#parent[node] ?? 0)) tops.push(node);
      if (this.#removedAs[node] === FILE) {
        files++;
        sizeBytes += this.#sizeBytes[node] ?? 0;
      }
    }
    return { tops: new Int32Array(tops), all: new Int32Array(this.#removed), files, sizeBytes };
  }

  /** Implied directories; replaced by a file at the same path. */
  #ensureFolders(node: number): void {
    for (let at = node; this.#present[at] !== FOLDER; at = this.#parent[at] ?? 0) {
      if (this.#present[at] === FILE) this.#removed.push(at);
      this.#present[at] = FOLDER;
      this.#sizeBytes[at] = 0;
      this.#owner.delete(at);
    }
  }
}
