import { AppError } from '../util/app-error.ts';

/** The newest API version that Slipway supports, and that of the oldest supported engine (Docker 19.03). */
const NEWEST_API = '1.51';
const OLDEST_API = '1.40';

/**
 * The API version to pin: the older of the engine's newest and ours. Unversioned paths would use the engine's newest,
 * whose
 * responses can change. Throws engine-too-old, and engine-failed if the engine no longer supports ours.
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
