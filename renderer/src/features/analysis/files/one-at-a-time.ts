/** Work for a key that is begun once: asked for again while it goes on, it is the same. */
export class OneAtATime<Key> {
  readonly #running = new Map<Key, Promise<void>>();

  run(key: Key, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const begun = work().finally(() => {
      if (this.#running.get(key) === begun) this.#running.delete(key);
    });
    this.#running.set(key, begun);
    return begun;
  }

  /** What goes on no longer counts: the next one is begun anew. */
  forget(): void {
    this.#running.clear();
  }
}
