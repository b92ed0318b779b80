import type { z } from 'zod';
import { analysisProgressSchema, analysisSnapshotSchema } from '../schema/analysis.ts';
import { analysisRef } from '../schema/analysis-overview.ts';
import { buildEventSchema, buildResultSchema, buildSnapshotSchema } from '../schema/build.ts';
import { comparisonProgressSchema, comparisonRef, comparisonSnapshotSchema } from '../schema/comparison.ts';
import { pushEventSchema, pushResultSchema, pushSnapshotSchema } from '../schema/push.ts';
import { transferEventSchema, transferResultSchema, transferSnapshotSchema } from '../schema/transfer.ts';
import { applyBuildEvent, copyBuildSnapshot, emptyBuildSnapshot } from './apply-build-event.ts';
import { applyPushEvent, copyPushSnapshot, emptyPushSnapshot } from './apply-push-event.ts';
import { applyTransferEvent, emptyTransferSnapshot } from './apply-transfer-event.ts';

interface JobKindEntry<Event extends z.ZodType, Snapshot extends z.ZodType, Result extends z.ZodType> {
  readonly event: Event;
  /** What the events have made so far. */
  readonly snapshot: Snapshot;
  /** What the job resolves to when it finishes. */
  readonly result: Result;
  /** The snapshot before the first event. */
  readonly empty: () => z.output<Snapshot>;
  /** Applies one event to the snapshot, in place: the snapshots of main and of a window are made by this alone. */
  readonly reduce: (snapshot: z.output<Snapshot>, event: z.output<Event>) => void;
  /** New objects around what `reduce` changes in place, so that a view sees the change. */
  readonly copy: (snapshot: z.output<Snapshot>) => z.output<Snapshot>;
}

/** Every kind of job. The schemas and types of events, ends and snapshots follow from this table. */
export const jobKinds = {
  build: jobKind({
    event: buildEventSchema,
    snapshot: buildSnapshotSchema,
    result: buildResultSchema,
    empty: emptyBuildSnapshot,
    reduce: applyBuildEvent,
    copy: copyBuildSnapshot
  }),
  push: jobKind({
    event: pushEventSchema,
    snapshot: pushSnapshotSchema,
    result: pushResultSchema,
    empty: emptyPushSnapshot,
    reduce: applyPushEvent,
    copy: copyPushSnapshot
  }),
  transfer: jobKind({
    event: transferEventSchema,
    snapshot: transferSnapshotSchema,
    result: transferResultSchema,
    empty: emptyTransferSnapshot,
    reduce: applyTransferEvent,
    copy: (snapshot) => ({ ...snapshot })
  }),
  analysis: jobKind({
    event: analysisProgressSchema,
    snapshot: analysisSnapshotSchema,
    result: analysisRef,
    empty: () => ({ progress: null }),
    reduce: (snapshot, progress) => void (snapshot.progress = progress),
    copy: (snapshot) => ({ ...snapshot })
  }),
  comparison: jobKind({
    event: comparisonProgressSchema,
    snapshot: comparisonSnapshotSchema,
    result: comparisonRef,
    empty: () => ({ progress: null }),
    reduce: (snapshot, progress) => void (snapshot.progress = progress),
    copy: (snapshot) => ({ ...snapshot })
  })
} as const;

type JobKinds = typeof jobKinds;
export type JobKind = keyof JobKinds;

/** What each kind of job reports, keeps and ends with. */
export type JobTypes = {
  [K in JobKind]: {
    event: z.output<JobKinds[K]['event']>;
    snapshot: z.output<JobKinds[K]['snapshot']>;
    result: z.output<JobKinds[K]['result']>;
  };
};

/** The functions of a kind, typed so that a generic kind selects them. */
interface JobReducer<K extends JobKind> {
  readonly empty: () => JobTypes[K]['snapshot'];
  readonly reduce: (snapshot: JobTypes[K]['snapshot'], event: JobTypes[K]['event']) => void;
  readonly copy: (snapshot: JobTypes[K]['snapshot']) => JobTypes[K]['snapshot'];
}
export const jobReducers: { readonly [K in JobKind]: JobReducer<K> } = jobKinds;

export const jobKindNames = Object.keys(jobKinds) as [JobKind, ...JobKind[]];

function jobKind<Event extends z.ZodType, Snapshot extends z.ZodType, Result extends z.ZodType>(
  entry: JobKindEntry<Event, Snapshot, Result>
): JobKindEntry<Event, Snapshot, Result> {
  return entry;
}
