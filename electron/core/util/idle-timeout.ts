/** A bound on how long something may say nothing, for work whose whole length is not known. */
export interface IdleTimeout {
  /** Fires with the caller's signal, or when it was silent for too long. */
  readonly signal: AbortSignal;
  /** Waits for one sign of life; what comes between two of them (a slow reader) does not count. */
  bound<T>(wait: () => Promise<T>): Promise<T>;
  expired(): boolean;
  /** Lets go of the caller's signal, and ends what still waits. */
  clear(): void;
}

/** Bounds each wait to `limitMs`, in which only the wait itself counts. The caller must call `clear` at the end. */
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
