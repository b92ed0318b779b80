import type { JobKind } from '#contract/jobs/job-kinds.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { JobEvent, JobSnapshot } from '#contract/schema/job.ts';

/**
 * Applies a batch to the snapshot, in place. Events that the snapshot already includes are skipped. Returns false if an
 * event
 * is missing: the snapshot then stays at the last contiguous event, and must be fetched again.
 */
export function applyJobEvents<K extends JobKind>(snapshot: JobSnapshot<K>, events: readonly JobEvent<K>[]): boolean {
  for (const next of events) {
    if (next.seq <= snapshot.seq) continue;
    if (next.seq !== snapshot.seq + 1) return false;
    snapshot.seq = next.seq;
    if ('end' in next) {
      snapshot.end = next.end;
      snapshot.ended = true;
    } else jobReducers[snapshot.kind].reduce(snapshot.state, next.event);
  }
  return true;
}
