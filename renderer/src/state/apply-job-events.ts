import { applyJobEvent } from '#contract/jobs/job-reducers.ts';
import type { BuildSnapshot, JobEvent, JobSnapshot, PushSnapshot } from '#contract/schema/job.ts';

/**
 * Takes a batch into the snapshot, in place. Events that the snapshot already holds are passed over. Gives false when
 * one is missing before the next: the snapshot then stands at the last event that joined, and must be fetched anew.
 */
export function applyJobEvents(snapshot: JobSnapshot, events: readonly JobEvent[]): boolean {
  for (const { seq, event } of events) {
    if (seq <= snapshot.seq) continue;
    if (seq !== snapshot.seq + 1) return false;
    snapshot.seq = seq;
    if (event.kind === 'end') {
      snapshot.end = event.end;
      snapshot.info = { ...snapshot.info, ended: true };
    } else applyJobEvent(snapshot, event);
  }
  return true;
}

/**
 * New objects around what the reducer changed in place, so that a view sees what changed: the snapshot, its lists and
 * each log. The lines of a log are not copied, as there may be 200,000: they grow in place, so read them through the log.
 */
export function copyBuild(build: BuildSnapshot): BuildSnapshot {
  const logs = Object.fromEntries(Object.entries(build.logs).map(([id, log]) => [id, { ...log }]));
  return { ...build, steps: [...build.steps], findings: [...build.findings], logs };
}

/** As copyBuild. */
export function copyPush(push: PushSnapshot): PushSnapshot {
  return { ...push, layers: [...push.layers], notes: [...push.notes] };
}
