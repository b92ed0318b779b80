/** A limit for idle time, for work whose total duration is unknown. */
export interface IdleTimeout {
  /** Fires with the caller's signal, or when the idle time was too long. */
  readonly signal: AbortSignal;
  /** Waits for the next activity; the time between two waits (a slow reader) does not count. */
  bound<T>(wait: () => Promise<T>): Promise<T>;
  expired(): boolean;
  /** Detaches from the caller's signal, and ends the current wait. */
  clear(): void;
}

/** Limits each wait to `limitMs`. The caller must call `clear` at the end. */
export function createIdleTimeout(limitMs: number, signal?: AbortSignal): IdleTimeout {
  const controller = new AbortController();
  let expired = false;
  const stop = (): void => controller.abort();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  return {
    signal: controller.signal,
    bound: async (wait) => {
      const timer = setTimeout(() => {
        expired = true;
        stop();
      }, limitMs);
      try {
        return await wait();
      } finally {
        clearTimeout(timer);
      }
    },
    expired: () => expired && signal?.aborted !== true,
    clear: () => {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  };
}
