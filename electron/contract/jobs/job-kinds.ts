import type { z } from 'zod';
import { analysisProgressSchema, analysisSnapshotSchema } from '../schema/analysis.ts';
import { analysisRef } from '../schema/analysis-overview.ts';
import { buildEventSchema, buildResultSchema, buildSnapshotSchema } from '../schema/build.ts';
import { comparisonProgressSchema, comparisonRef, comparisonSnapshotSchema } from '../schema/comparison.ts';
import { pushEventSchema, pushResultSchema, pushSnapshotSchema } from '../schema/push.ts';
import { transferEventSchema, transferResultSchema, transferSnapshotSchema } from '../schema/transfer.ts';

interface JobKindSchemas {
  readonly event: z.ZodType;
  /** What the events have made so far. */
  readonly snapshot: z.ZodType;
  /** What the job resolves to when it finishes. */
  readonly result: z.ZodType;
}

/**
 * Every kind of job. The schemas of events, ends and snapshots follow from this table, and a kind without its reducer
 * (job-reducers.ts) or its words does not compile.
 */
export const jobKinds = {
  build: { event: buildEventSchema, snapshot: buildSnapshotSchema, result: buildResultSchema },
  push: { event: pushEventSchema, snapshot: pushSnapshotSchema, result: pushResultSchema },
  transfer: { event: transferEventSchema, snapshot: transferSnapshotSchema, result: transferResultSchema },
  analysis: { event: analysisProgressSchema, snapshot: analysisSnapshotSchema, result: analysisRef },
  comparison: { event: comparisonProgressSchema, snapshot: comparisonSnapshotSchema, result: comparisonRef }
} as const satisfies Record<string, JobKindSchemas>;

export type JobKind = keyof typeof jobKinds;
export const jobKindNames = Object.keys(jobKinds) as [JobKind, ...JobKind[]];

/** What each kind of job reports, keeps and ends with. */
export type JobTypes = {
  [K in JobKind]: { [Part in keyof JobKindSchemas]: z.output<(typeof jobKinds)[K][Part]> };
};
