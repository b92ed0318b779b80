/** Work for a key that is begun once: asked for again while it goes on, it is the same. */
export class InFlight<Key> {
  readonly #running = new Map<Key, Promise<void>>();

  run(key: Key, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const promise = work().finally(() => {
      if (this.#running.get(key) === promise) this.#running.delete(key);
    });
    this.#running.set(key, promise);
    return promise;
  }

  /** What goes on no longer counts: the next one is begun anew. */
  clear(): void {
    this.#running.clear();
  }
}
