/** A list of callbacks. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` on each notify until the returned function is called. */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
