import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallInput } from '#contract/ipc/calls.ts';
import type { BuildResult } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type {
  AnalysisSnapshot,
  BuildSnapshot,
  ComparisonSnapshot,
  JobEnd,
  JobEvent,
  JobId,
  JobInfo,
  JobSnapshot,
  PushSnapshot
} from '#contract/schema/job.ts';
import type { PushResult } from '#contract/schema/push.ts';
import type { TransferSnapshot } from '#contract/schema/transfer.ts';
import { call, toErrorData } from '../bridge/call.ts';
import { applyJobEvents, copyBuild, copyPush } from './apply-job-events.ts';

/** One job, followed live; attaching again after a reload or a gap loses nothing. Call dispose when done. */
export class JobState {
  info = $state.raw<JobInfo | null>(null);
  /** A new object with every batch; lines of a log grow in place: read them through the log. */
  build = $state.raw<BuildSnapshot | null>(null);
  push = $state.raw<PushSnapshot | null>(null);
  analysis = $state.raw<AnalysisSnapshot | null>(null);
  comparison = $state.raw<ComparisonSnapshot | null>(null);
  transfer = $state.raw<TransferSnapshot | null>(null);
  end = $state.raw<JobEnd | null>(null);
  /** A call of start is under way. */
  starting = $state(false);
  /** Cancel was asked for, and the end has not come yet. */
  cancelling = $state(false);
  /** The job could not be started or followed; how a job itself ended stands in `end`. */
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  readonly #unsubscribe: () => void;
  #jobId: JobId | null = null;
  #snapshot: JobSnapshot | null = null;
  /** Events that came while the snapshot was on its way. */
  #waiting: JobEvent[] = [];
  #resolveEnd: () => void = () => undefined;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.#unsubscribe = bridge.on('job.events', ({ jobId, events }) => {
      if (jobId === this.#jobId) this.#applyEvents(events);
    });
  }

  get running(): boolean {
    return this.starting || (this.info !== null && this.end === null);
  }

  get buildResult(): BuildResult | null {
    return this.end?.kind === 'finished' ? (this.end.build ?? null) : null;
  }

  get pushResult(): PushResult | null {
    return this.end?.kind === 'finished' ? (this.end.push ?? null) : null;
  }

  get analysisId(): string | null {
    return this.end?.kind === 'finished' ? (this.end.analysis?.analysisId ?? null) : null;
  }

  get comparisonId(): string | null {
    return this.end?.kind === 'finished' ? (this.end.comparison?.comparisonId ?? null) : null;
  }

  async startBuild(input: CallInput<'build.start'>): Promise<void> {
    await this.#start(() => call(this.#bridge, 'build.start', input));
  }

  async startPush(input: CallInput<'push.start'>): Promise<void> {
    await this.#start(() => call(this.#bridge, 'push.start', input));
  }

  async startAnalysis(input: CallInput<'analysis.start'>): Promise<void> {
    await this.#start(() => call(this.#bridge, 'analysis.start', input));
  }

  async startComparison(input: CallInput<'comparison.start'>): Promise<void> {
    await this.#start(() => call(this.#bridge, 'comparison.start', input));
  }

  /** Follows a job from its snapshot on. What fails is in `error`. */
  async attach(jobId: JobId): Promise<void> {
    this.#jobId = jobId;
    this.#snapshot = null;
    this.#waiting = [];
    try {
      const snapshot = await call(this.#bridge, 'job.attach', { jobId });
      if (this.#jobId !== jobId) return;
      this.#snapshot = snapshot;
      this.error = null;
      const waiting = this.#waiting;
      this.#waiting = [];
      this.#applyEvents(waiting);
    } catch (cause) {
      if (this.#jobId !== jobId) return;
      this.error = toErrorData(cause);
      this.#resolveEnd();
    }
  }

  /** Asks main to stop the job; its end says what came of it. */
  async cancel(): Promise<void> {
    if (this.#jobId === null || this.end !== null) return;
    this.cancelling = true;
    try {
      await call(this.#bridge, 'job.cancel', { jobId: this.#jobId });
    } catch (cause) {
      this.cancelling = false;
      this.error = toErrorData(cause);
    }
  }

  /** Resolves when the job has ended or can no longer be followed; `end` and `error` tell which. */
  async settled(): Promise<void> {
    if (this.end !== null || this.error !== null || this.#jobId === null) return;
    await new Promise<void>((resolve) => (this.#resolveEnd = resolve));
  }

  dispose(): void {
    this.#jobId = null;
    this.#resolveEnd();
    this.#unsubscribe();
  }

  async #start(begin: () => Promise<{ jobId: JobId }>): Promise<void> {
    if (this.running) return;
    this.#clear();
    this.starting = true;
    try {
      const { jobId } = await begin();
      await this.attach(jobId);
    } catch (cause) {
      this.error = toErrorData(cause);
    } finally {
      this.starting = false;
    }
  }

  #clear(): void {
    this.#jobId = null;
    this.info = null;
    this.build = null;
    this.push = null;
    this.analysis = null;
    this.comparison = null;
    this.transfer = null;
    this.end = null;
    this.error = null;
    this.cancelling = false;
  }

  #applyEvents(events: readonly JobEvent[]): void {
    const snapshot = this.#snapshot;
    if (!snapshot) {
      this.#waiting.push(...events);
      return;
    }
    const isContiguous = applyJobEvents(snapshot, events);
    this.info = snapshot.info;
    this.build = snapshot.build && copyBuild(snapshot.build);
    this.push = snapshot.push && copyPush(snapshot.push);
    this.analysis = snapshot.analysis && { ...snapshot.analysis };
    this.comparison = snapshot.comparison && { ...snapshot.comparison };
    this.transfer = snapshot.transfer && { ...snapshot.transfer };
    this.end = snapshot.end;
    if (snapshot.end) {
      this.cancelling = false;
      this.#resolveEnd();
    }
    if (!isContiguous) void this.attach(snapshot.info.jobId);
  }
}
