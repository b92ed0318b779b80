/** A signal that fires with `signal`, or after `limitMs`; `clear` releases both. */
export interface Deadline {
  signal: AbortSignal;
  /** True once the time ran out, as opposed to the caller's signal. */
  expired(): boolean;
  clear(): void;
}

/** Creates a timeout for slow work. Our own, because Electron 25's Node has no AbortSignal.any. */
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
