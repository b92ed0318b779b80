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
  /**
   * Someone waits for it: the status bar shows it, its end is notified if the window is hidden, and quitting asks first.
   */
  readonly isAwaited: boolean;
}

/**
 * Every kind of job. The schemas of events, ends and snapshots derive from this table, and a kind without a reducer
 * (job-reducers.ts) or words does not compile.
 */
export const jobKinds = {
  build: { event: buildEventSchema, snapshot: buildSnapshotSchema, result: buildResultSchema, isAwaited: true },
  push: { event: pushEventSchema, snapshot: pushSnapshotSchema, result: pushResultSchema, isAwaited: true },
  transfer: {
    event: transferEventSchema,
    snapshot: transferSnapshotSchema,
    result: transferResultSchema,
    isAwaited: true
  },
  // Follows a build, which has already notified of its end; it is repeated when it is needed again.
  analysis: {
    event: analysisProgressSchema,
    snapshot: analysisSnapshotSchema,
    result: analysisRef,
    isAwaited: false
  },
  comparison: {
    event: comparisonProgressSchema,
    snapshot: comparisonSnapshotSchema,
    result: comparisonRef,
    isAwaited: false
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

export type AwaitedJobKind = {
  [K in JobKind]: (typeof jobKinds)[K]['isAwaited'] extends true ? K : never;
}[JobKind];

/** Whether someone waits for jobs of this kind. */
export function isAwaited(kind: JobKind): kind is AwaitedJobKind {
  return jobKinds[kind].isAwaited;
}
