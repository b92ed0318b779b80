import type { PathTrie } from './path-trie.ts';

/** The stack of the layers so far as dive keeps it: which paths are there, their sizes, which are folders. */
export class StackSizes {
  readonly #trie: PathTrie;
  readonly #sizes = new Map<number, { sizeBytes: number; folder: boolean }>();
  readonly #below = new Map<number, Set<number>>();

  constructor(trie: PathTrie) {
    this.#trie = trie;
  }

  /** Adds a path, and those above it. A folder that a layer only implies is, for dive, no folder from then on. */
  put(node: number, sizeBytes: number, folder: boolean): void {
    this.#sizes.set(node, { sizeBytes, folder });
    for (let at = node; at > 0;) {
      const parent = this.#trie.parent[at] ?? 0;
      const siblings = this.#below.get(parent);
      if (siblings?.has(at)) return;
      if (siblings) siblings.add(at);
      else this.#below.set(parent, new Set([at]));
      at = parent;
      if (at > 0 && !this.#sizes.has(at)) this.#sizes.set(at, { sizeBytes: 0, folder: false });
    }
  }

  /** Bytes that removing the path hides: zero for a file, all below for a folder; null when it is not there. */
  hiddenBy(node: number): number | null {
    if (node === 0) return 0;
    const top = this.#sizes.get(node);
    if (!top) return null;
    if (!top.folder) return 0;
    let sum = 0;
    const pending = [node];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      sum += this.#sizes.get(at)?.sizeBytes ?? 0;
      for (const child of this.#below.get(at) ?? []) pending.push(child);
    }
    return sum;
  }

  /** Removes a path and all below it; nothing when it is not there, and never the root. */
  remove(node: number): void {
    if (node === 0 || !this.#sizes.has(node)) return;
    this.#below.get(this.#trie.parent[node] ?? 0)?.delete(node);
    const pending = [node];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      this.#sizes.delete(at);
      for (const child of this.#below.get(at) ?? []) pending.push(child);
      this.#below.delete(at);
    }
  }
}
