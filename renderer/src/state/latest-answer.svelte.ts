import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../bridge/call.ts';

/** What a call answered last: an answer that comes after a newer request is dropped. What was shown stays until then. */
export class LatestAnswer<T> {
  /** Null until the first answer. */
  value = $state.raw<T | null>(null);
  /** Why the last request has no answer. */
  error = $state.raw<AppErrorData | null>(null);

  #request: symbol | null = null;

  /** Makes a request; it supersedes any that is on its way. */
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
