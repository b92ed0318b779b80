import { SerialQueue } from './serial-queue.ts';

/**
 * A SerialQueue per key: work with the same key runs one at a time, work with different keys in parallel. A key is
 * removed when its last work has settled.
 *
 * @example
 * const saves = new KeyedQueue();
 * await saves.run(path, () => replaceFile(path, bytes));
 */
export class KeyedQueue {
  readonly #queues = new Map<string, { readonly queue: SerialQueue; pending: number }>();

  /** Resolves or rejects as `work` does. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const entry = this.#queues.get(key) ?? { queue: new SerialQueue(), pending: 0 };
    this.#queues.set(key, entry);
    entry.pending += 1;
    try {
      return await entry.queue.run(work);
    } finally {
      entry.pending -= 1;
      if (entry.pending === 0) this.#queues.delete(key);
    }
  }
}
