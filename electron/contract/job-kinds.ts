import { applyBuildEvent, emptyBuildSnapshot } from './build-reducer.ts';
import { applyPushEvent, emptyPushSnapshot } from './push-reducer.ts';
import type { JobEvent, JobKind, JobSnapshot } from './schema/job.ts';
import { applyTransferEvent, emptyTransferSnapshot } from './transfer-reducer.ts';

/** What a job's events have made so far: the part of its own kind, null for the others. */
export type JobParts = Pick<JobSnapshot, JobKind>;

/** The parts of a job before its first event. */
export function emptyJobParts(kind: JobKind): JobParts {
  return {
    build: kind === 'build' ? emptyBuildSnapshot() : null,
    push: kind === 'push' ? emptyPushSnapshot() : null,
    transfer: kind === 'transfer' ? emptyTransferSnapshot() : null
  };
}

/** Takes one event into the part of its kind, in place. */
export function applyJobEvent(parts: JobParts, event: Exclude<JobEvent['event'], { kind: 'end' }>): void {
  if (event.kind === 'build' && parts.build) applyBuildEvent(parts.build, event.build);
  if (event.kind === 'push' && parts.push) applyPushEvent(parts.push, event.push);
  if (event.kind === 'transfer' && parts.transfer) applyTransferEvent(parts.transfer, event.transfer);
}
