import { childrenOf } from './path-trie.ts';
import type { ChildLists } from './path-trie.ts';

/** What a layer took away and did not bring again. */
export interface Gone {
  tops: Int32Array;
  /** All that was taken away, also what came again: to be forgotten before the layer's entries are put. */
  all: Int32Array;
  files: number;
  sizeBytes: number;
}

const FOLDER = 1;
const FILE = 2;

/** Which paths are there while layers are stacked one after the other. Each is removed at most as often as it is added. */
export class StackState {
  readonly #parent: ArrayLike<number>;
  readonly #children: ChildLists;
  /** 0 absent, FOLDER or FILE. */
  readonly #there: Uint8Array;
  readonly #sizeBytes: Float64Array;
  readonly #owner = new Map<number, string>();
  /** The last layer (counted from 1) that took the path away, and what it was then. */
  readonly #goneIn: Int32Array;
  readonly #goneAs: Uint8Array;
  #layer = 0;
  #gone: number[] = [];

  constructor(parent: ArrayLike<number>, children: ChildLists) {
    this.#parent = parent;
    this.#children = children;
    this.#there = new Uint8Array(parent.length);
    this.#sizeBytes = new Float64Array(parent.length);
    this.#goneIn = new Int32Array(parent.length);
    this.#goneAs = new Uint8Array(parent.length);
    this.#there[0] = FOLDER;
  }

  startLayer(): void {
    this.#layer++;
    this.#gone = [];
  }

  remove(node: number): void {
    if (this.#there[node] === 0) return;
    this.removeChildren(node);
    this.#goneIn[node] = this.#layer;
    this.#goneAs[node] = this.#there[node] ?? 0;
    this.#there[node] = 0;
    this.#gone.push(node);
  }

  removeChildren(node: number): void {
    const pending = [...childrenOf(this.#children, node)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (this.#there[at] === 0) continue;
      this.#goneIn[at] = this.#layer;
      this.#goneAs[at] = this.#there[at] ?? 0;
      this.#there[at] = 0;
      this.#gone.push(at);
      for (const child of childrenOf(this.#children, at)) pending.push(child);
    }
  }

  add(node: number, folder: boolean, sizeBytes: number, owner: string): 'added' | 'modified' | 'unchanged' {
    this.#ensureFolders(this.#parent[node] ?? 0);
    const before = this.#there[node] ?? 0;
    const wasThere = before !== 0 || this.#goneIn[node] === this.#layer;
    const same = folder && before === FOLDER && this.#owner.get(node) === owner;
    if (!folder && before === FOLDER) this.removeChildren(node);
    this.#there[node] = folder ? FOLDER : FILE;
    this.#sizeBytes[node] = sizeBytes;
    if (folder) this.#owner.set(node, owner);
    if (same) return 'unchanged';
    return wasThere ? 'modified' : 'added';
  }

  endLayer(): Gone {
    const tops: number[] = [];
    let files = 0;
    let sizeBytes = 0;
    const gone = (node: number): boolean => this.#goneIn[node] === this.#layer && this.#there[node] === 0;
    for (const node of this.#gone) {
      if (!gone(node)) continue;
      if (!gone(this.#parent[node] ?? 0)) tops.push(node);
      if (this.#goneAs[node] === FILE) {
        files++;
        sizeBytes += this.#sizeBytes[node] ?? 0;
      }
    }
    return { tops: new Int32Array(tops), all: new Int32Array(this.#gone), files, sizeBytes };
  }

  /** Folders that only the paths of others tell; a file in their place gives way. */
  #ensureFolders(node: number): void {
    for (let at = node; this.#there[at] !== FOLDER; at = this.#parent[at] ?? 0) {
      if (this.#there[at] === FILE) this.#gone.push(at);
      this.#there[at] = FOLDER;
      this.#sizeBytes[at] = 0;
      this.#owner.delete(at);
    }
  }
}
