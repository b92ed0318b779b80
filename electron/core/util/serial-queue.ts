/**
 * Runs work one at a time, in the order in which it was queued. Failed work does not stop what follows.
 *
 * @example
 * const queue = new SerialQueue();
 * const a = queue.run(() => readPackages(first));
 * const b = queue.run(() => readPackages(second)); // starts when `a` has settled
 */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as `work` does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
