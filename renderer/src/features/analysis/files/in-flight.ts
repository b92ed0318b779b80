/** Runs work once per key: while it is running, further calls share its promise. */
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

  /** Forgets the running work: the next call starts again. */
  clear(): void {
    this.#running.clear();
  }
}
