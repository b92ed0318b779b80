const pauseMs = 800;

/** Letters that are typed one after the other are one search; a pause starts another. */
export class TypeAhead {
  #typed = '';
  #lastAt = Number.NEGATIVE_INFINITY;

  /** The letters so far, with this one. `atMs` is the time on any steady clock. */
  add(letter: string, atMs: number): string {
    this.#typed = atMs - this.#lastAt > pauseMs ? letter : this.#typed + letter;
    this.#lastAt = atMs;
    return this.#typed;
  }

  /** Another key was used: the next letter starts a new search. */
  end(): void {
    this.#typed = '';
  }
}

/** Rows that are searched by name, by index. */
export interface NamedRows {
  readonly count: number;
  /** Null for a row that has no name. */
  readonly nameAt: (index: number) => string | null;
}

/**
 * Index of the next row whose name starts with what was typed, after the active one and wrapping around. The same letter
 * again and again goes from row to row; a longer text may stay at the active row. -1 when there is none.
 */
export function findTyped({ count, nameAt }: NamedRows, active: number, typed: string): number {
  const isRepeated = typed.length > 1 && Array.from(typed).every((letter) => letter === typed[0]);
  const prefix = (isRepeated ? (typed[0] ?? '') : typed).toLowerCase();
  const first = Math.max(0, prefix.length > 1 ? active : active + 1);
  for (let step = 0; step < count; step++) {
    const index = (first + step) % count;
    if (nameAt(index)?.toLowerCase().startsWith(prefix) === true) return index;
  }
  return -1;
}
