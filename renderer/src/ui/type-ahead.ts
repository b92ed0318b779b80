const pauseMs = 800;

/** Characters typed in quick succession are one search; a pause starts another. */
export class TypeAhead {
  #typed = '';
  #lastAt = Number.NEGATIVE_INFINITY;

  /** The characters so far, including this one. `atMs` is the time of any monotonic clock. */
  add(letter: string, atMs: number): string {
    this.#typed = atMs - this.#lastAt > pauseMs ? letter : this.#typed + letter;
    this.#lastAt = atMs;
    return this.#typed;
  }

  /** Call when another key was used: the next character starts a new search. */
  end(): void {
    this.#typed = '';
  }
}

/** The searchable rows, by index. */
export interface NamedRows {
  readonly count: number;
  /** Null for a row without a name. */
  readonly nameAt: (index: number) => string | null;
}

/**
 * Index of the next row whose name starts with the typed text, after the active one and wrapping around. Repeating the
 * same
 * character moves from row to row; a longer text may stay at the active row. -1 if there is none.
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
