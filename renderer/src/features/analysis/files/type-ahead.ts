const pauseMs = 800;

/** Letters that are typed one after the other make one search; a pause begins another. */
export class TypeAhead {
  #typed = '';
  #lastAt = Number.NEGATIVE_INFINITY;

  /** The letters so far, with this one. `at` is in milliseconds of any steady clock. */
  add(letter: string, at: number): string {
    this.#typed = at - this.#lastAt > pauseMs ? letter : this.#typed + letter;
    this.#lastAt = at;
    return this.#typed;
  }

  /** Another key was used: the next letter begins anew. */
  end(): void {
    this.#typed = '';
  }
}

/**
 * The next row whose name begins with what was typed, after the active one and round; one letter again and again goes
 * from row to row. A longer text may stay where it is. -1 when there is none.
 */
export function findTyped(names: readonly (string | null)[], active: number, typed: string): number {
  const isRepeated = typed.length > 1 && Array.from(typed).every((letter) => letter === typed[0]);
  const prefix = (isRepeated ? (typed[0] ?? '') : typed).toLowerCase();
  const first = prefix.length > 1 ? active : active + 1;
  for (let step = 0; step < names.length; step++) {
    const at = (Math.max(0, first) + step) % names.length;
    if (names[at]?.toLowerCase().startsWith(prefix) === true) return at;
  }
  return -1;
}
