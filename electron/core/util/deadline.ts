/** A signal that fires with `signal`, or by itself after `limitMs`; `clear` lets go of both. */
export interface Deadline {
  signal: AbortSignal;
  /** True once time ran out, and not the caller's signal. */
  expired(): boolean;
  clear(): void;
}

/** Bounds slow work in time. Our own, because Electron 25's Node has no AbortSignal.any. */
export function startDeadline(limitMs: number, signal?: AbortSignal): Deadline {
  const controller = new AbortController();
  let expired = false;
  const stop = (): void => controller.abort();
  const timer = setTimeout(() => {
    expired = true;
    stop();
  }, limitMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  return {
    signal: controller.signal,
    expired: () => expired && signal?.aborted !== true,
    clear: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  };
}
