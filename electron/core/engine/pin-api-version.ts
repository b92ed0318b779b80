import { AppError } from '../util/app-error.ts';

/** The newest API that Slipway speaks, and the oldest engine's that it can use (Docker 19.03). */
const NEWEST_API = '1.51';
const OLDEST_API = '1.40';

/**
 * The version to pin: the older one of the engine's newest and ours. Unpinned paths would mean the engine's newest, whose
 * answers change shape under us. Throws engine-too-old, and engine-failed where the engine no longer speaks ours.
 */
export function pinApiVersion(engine: string, newest: string, oldest: string | undefined): string {
  if (compareVersions(newest, OLDEST_API) < 0) throw new AppError('engine-too-old', { engine, apiVersion: newest });
  const pinned = compareVersions(newest, NEWEST_API) < 0 ? newest : NEWEST_API;
  if (oldest !== undefined && oldest !== '' && compareVersions(pinned, oldest) < 0) {
    throw new AppError('engine-failed', {
      detail: { reason: 'api-too-new', oldest, newestSupported: NEWEST_API }
    });
  }
  return pinned;
}

function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
