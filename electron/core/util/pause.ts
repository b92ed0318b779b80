import { setTimeout as wait } from 'node:timers/promises';

/** Resolves after `durationMs`, or immediately when the signal fires; leaves no timer behind. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  // The only rejection is that of the signal.
  await wait(durationMs, undefined, { signal }).catch(() => undefined);
}
