import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../bridge/call.ts';

/**
 * The latest answer of a call: answers to superseded requests are dropped. The previous answer stays until the next.
 */
export class LatestAnswer<T> {
  /** Null until the first answer. */
  value = $state.raw<T | null>(null);
  /** Why the last request failed. */
  error = $state.raw<AppErrorData | null>(null);

  #request: symbol | null = null;

  /** Makes a request; it supersedes any pending one. */
  async load(send: () => Promise<T>): Promise<void> {
    const request = (this.#request = Symbol());
    try {
      const value = await send();
      if (request !== this.#request) return;
      this.value = value;
      this.error = null;
    } catch (cause) {
      if (request === this.#request) this.error = toErrorData(cause);
    }
  }
}
