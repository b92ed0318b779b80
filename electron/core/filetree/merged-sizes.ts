import type { CountedPaths } from './counted-paths.ts';

const ABSENT = 0;
const FILE = 1;
const FOLDER = 2;

/** dive's merged tree of the layers so far: the existing paths, their sizes, and which are directories. */
export class MergedSizes {
  readonly #paths: CountedPaths;
  readonly #present: Uint8Array;
  readonly #sizeBytes: Float64Array;

  constructor(paths: CountedPaths) {
    this.#paths = paths;
    this.#present = new Uint8Array(paths.size);
    this.#sizeBytes = new Float64Array(paths.size);
  }

  /** Adds a path, and its parents. dive no longer treats a directory that a layer implies as a directory. */
  put(node: number, sizeBytes: number, folder: boolean): void {
    this.#present[node] = folder ? FOLDER : FILE;
    this.#sizeBytes[node] = sizeBytes;
    for (let at = this.#paths.parentOf(node); at > 0 && this.#present[at] === ABSENT; at = this.#paths.parentOf(at)) {
      this.#present[at] = FILE;
      this.#sizeBytes[at] = 0;
    }
  }

  /** Whether the path exists; the root always does. */
  has(node: number): boolean {
    return node === 0 || this.#present[node] !== ABSENT;
  }

  /**
   * Bytes that removing the path hides: zero for a file, everything below for a directory; null if it does not exist.
   */
  hiddenBy(node: number): number | null {
    if (!this.has(node)) return null;
    if (node === 0 || this.#present[node] !== FOLDER) return 0;
    let sum = 0;
    this.#visit(node, (at) => (sum += this.#sizeBytes[at] ?? 0));
    return sum;
  }

  /** Removes a path and everything below it; does nothing if it does not exist, or for the root. */
  remove(node: number): void {
    if (node === 0 || this.#present[node] === ABSENT) return;
    this.#visit(node, (at) => (this.#present[at] = ABSENT));
  }

  #visit(top: number, visitor: (node: number) => void): void {
    const pending = [top];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      visitor(at);
      for (const child of this.#paths.childrenOf(at)) if (this.#present[child] !== ABSENT) pending.push(child);
    }
  }
}
