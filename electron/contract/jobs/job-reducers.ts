import { applyBuildEvent, emptyBuildSnapshot } from './apply-build-event.ts';
import { applyPushEvent, emptyPushSnapshot } from './apply-push-event.ts';
import type { AnalysisProgress } from '../schema/analysis.ts';
import type { BuildEvent, BuildResult } from '../schema/build.ts';
import type { ComparisonProgress } from '../schema/comparison.ts';
import type {
  AnalysisSnapshot,
  BuildSnapshot,
  ComparisonSnapshot,
  JobEvent,
  JobKind,
  JobSnapshot,
  PushSnapshot
} from '../schema/job.ts';
import type { PushEvent, PushResult } from '../schema/push.ts';
import type { TransferEvent, TransferResult, TransferSnapshot } from '../schema/transfer.ts';
import { applyTransferEvent, emptyTransferSnapshot } from './apply-transfer-event.ts';

/** What each kind of job tells, keeps and ends with. */
export interface JobTypes {
  build: { event: BuildEvent; snapshot: BuildSnapshot; result: BuildResult };
  push: { event: PushEvent; snapshot: PushSnapshot; result: PushResult };
  transfer: { event: TransferEvent; snapshot: TransferSnapshot; result: TransferResult };
  analysis: { event: AnalysisProgress; snapshot: AnalysisSnapshot; result: { analysisId: string } };
  comparison: { event: ComparisonProgress; snapshot: ComparisonSnapshot; result: { comparisonId: string } };
}

interface JobReducer<K extends JobKind> {
  /** The state before the first event. */
  empty: () => JobTypes[K]['snapshot'];
  /** Takes one event into the snapshot, in place. */
  apply: (snapshot: JobTypes[K]['snapshot'], event: JobTypes[K]['event']) => void;
}

/** Main's snapshot of a job and the window's are made by these alone. */
export const jobReducers: { [K in JobKind]: JobReducer<K> } = {
  build: { empty: emptyBuildSnapshot, apply: applyBuildEvent },
  push: { empty: emptyPushSnapshot, apply: applyPushEvent },
  transfer: { empty: emptyTransferSnapshot, apply: applyTransferEvent },
  analysis: {
    empty: () => ({ progress: null }),
    apply: (snapshot, progress) => {
      snapshot.progress = progress;
    }
  },
  comparison: {
    empty: () => ({ progress: null }),
    apply: (snapshot, progress) => {
      snapshot.progress = progress;
    }
  }
};

/** The snapshots of a job of this kind before its first event; those of the other kinds are null. */
export function emptyJobSnapshots(kind: JobKind): Pick<JobSnapshot, JobKind> {
  return {
    build: null,
    push: null,
    analysis: null,
    comparison: null,
    transfer: null,
    [kind]: jobReducers[kind].empty()
  };
}

/** Takes an event that is no end into the snapshot of its kind, in place. */
export function applyJobEvent(snapshots: Pick<JobSnapshot, JobKind>, event: JobEvent['event']): void {
  if (event.kind === 'build' && snapshots.build) jobReducers.build.apply(snapshots.build, event.build);
  else if (event.kind === 'push' && snapshots.push) jobReducers.push.apply(snapshots.push, event.push);
  else if (event.kind === 'transfer' && snapshots.transfer) {
    jobReducers.transfer.apply(snapshots.transfer, event.transfer);
  } else if (event.kind === 'analysis' && snapshots.analysis) {
    jobReducers.analysis.apply(snapshots.analysis, event.analysis);
  } else if (event.kind === 'comparison' && snapshots.comparison) {
    jobReducers.comparison.apply(snapshots.comparison, event.comparison);
  }
}
