import type { z } from 'zod';
import { analysisProgressSchema, analysisSnapshotSchema } from '../schema/analysis.ts';
import { analysisRef } from '../schema/analysis-overview.ts';
import { buildEventSchema, buildResultSchema, buildSnapshotSchema } from '../schema/build.ts';
import { comparisonProgressSchema, comparisonRef, comparisonSnapshotSchema } from '../schema/comparison.ts';
import { pushEventSchema, pushResultSchema, pushSnapshotSchema } from '../schema/push.ts';
import { transferEventSchema, transferResultSchema, transferSnapshotSchema } from '../schema/transfer.ts';

interface JobKindEntry {
  readonly event: z.ZodType;
  /** The state that the events add up to. */
  readonly snapshot: z.ZodType;
  /** What the job resolves to if it finishes. */
  readonly result: z.ZodType;
  /** The system shows a notification if it ends while the window is not focused. */
  readonly notifiesEnd: boolean;
}

/**
 * Every kind of job. The schemas of events, ends and snapshots derive from this table, and a kind without a reducer
 * (job-reducers.ts) or words does not compile.
 */
export const jobKinds = {
  build: { event: buildEventSchema, snapshot: buildSnapshotSchema, result: buildResultSchema, notifiesEnd: true },
  push: { event: pushEventSchema, snapshot: pushSnapshotSchema, result: pushResultSchema, notifiesEnd: true },
  transfer: {
    event: transferEventSchema,
    snapshot: transferSnapshotSchema,
    result: transferResultSchema,
    notifiesEnd: true
  },
  // Runs after a build, which has already notified of its end.
  analysis: {
    event: analysisProgressSchema,
    snapshot: analysisSnapshotSchema,
    result: analysisRef,
    notifiesEnd: false
  },
  comparison: {
    event: comparisonProgressSchema,
    snapshot: comparisonSnapshotSchema,
    result: comparisonRef,
    notifiesEnd: false
  }
} as const satisfies Record<string, JobKindEntry>;

export type JobKind = keyof typeof jobKinds;
export const jobKindNames = Object.keys(jobKinds) as [JobKind, ...JobKind[]];

/** What each kind of job reports, stores and ends with. */
export type JobTypes = {
  [K in JobKind]: {
    event: z.output<(typeof jobKinds)[K]['event']>;
    snapshot: z.output<(typeof jobKinds)[K]['snapshot']>;
    result: z.output<(typeof jobKinds)[K]['result']>;
  };
};

export type NotifyingJobKind = {
  [K in JobKind]: (typeof jobKinds)[K]['notifiesEnd'] extends true ? K : never;
}[JobKind];

/** Whether the system shows a notification when a job of this kind ends unseen. */
export function notifiesEnd(kind: JobKind): kind is NotifyingJobKind {
  return jobKinds[kind].notifiesEnd;
}
