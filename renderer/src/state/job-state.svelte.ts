import type { Bridge } from '#contract/ipc/bridge.ts';
import type { JobKind, JobTypes } from '#contract/jobs/job-kinds.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type {
  AnyJobEvents,
  AnyJobSnapshot,
  JobEnd,
  JobEvent,
  JobEvents,
  JobId,
  JobInfo,
  JobSnapshot
} from '#contract/schema/job.ts';
import { call, CallError, toErrorData } from '../bridge/call.ts';
import { applyJobEvents } from './apply-job-events.ts';

/**
 * One job of a kind, followed live; attaching again after a reload or a gap loses no events. Call dispose when done.
 */
export class JobState<K extends JobKind> {
  info = $state.raw<JobInfo | null>(null);
  /**
   * The result of the job's events so far; a new object with every batch. The lines of a build's log grow in place:
   * read them through the log.
   */
  snapshot = $state.raw<JobTypes[K]['snapshot'] | null>(null);
  end = $state.raw<JobEnd<K> | null>(null);
  /** A start call is pending. */
  starting = $state(false);
  /** Cancellation was requested, and the job has not ended yet. */
  cancelling = $state(false);
  /** The job could not be started or followed; the outcome of the job itself is in `end`. */
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  readonly #kind: K;
  readonly #unsubscribe: () => void;
  #jobId: JobId | null = null;
  #job: JobSnapshot<K> | null = null;
  /** Events that arrived while the snapshot was pending. */
  #waiting: JobEvent<K>[] = [];
  #resolveEnd: () => void = () => undefined;

  constructor(bridge: Bridge, kind: K) {
    this.#bridge = bridge;
    this.#kind = kind;
    this.#unsubscribe = bridge.on('job.events', (batch) => {
      if (batch.jobId === this.#jobId && isBatchOf(batch, kind)) this.#applyEvents(batch.events);
    });
  }

  get running(): boolean {
    return this.starting || (this.info !== null && this.end === null);
  }

  /** The job's result; null unless it has finished. */
  get result(): JobTypes[K]['result'] | null {
    return this.end?.kind === 'finished' ? this.end.result : null;
  }

  /** Starts a job with a call and follows it, unless one is running. Errors are in `error`. */
  async start(begin: () => Promise<{ jobId: JobId }>): Promise<void> {
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

  /** Follows a job from its snapshot on. Errors are in `error`. */
  async attach(jobId: JobId): Promise<void> {
    this.#jobId = jobId;
    this.#job = null;
    this.#waiting = [];
    try {
      const job = await call(this.#bridge, 'job.attach', { jobId });
      if (this.#jobId !== jobId) return;
      if (!isSnapshotOf(job, this.#kind)) throw new CallError({ code: 'job-unknown' });
      this.#job = job;
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

  /** Asks main to stop the job; its end has the outcome. */
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

  /** Resolves when the job has ended or can no longer be followed; see `end` and `error`. */
  async settled(): Promise<void> {
    if (this.end !== null || this.error !== null || this.#jobId === null) return;
    await new Promise<void>((resolve) => (this.#resolveEnd = resolve));
  }

  dispose(): void {
    this.#jobId = null;
    this.#resolveEnd();
    this.#unsubscribe();
  }

  #clear(): void {
    this.#jobId = null;
    this.info = null;
    this.snapshot = null;
    this.end = null;
    this.error = null;
    this.cancelling = false;
  }

  #applyEvents(events: readonly JobEvent<K>[]): void {
    const job = this.#job;
    if (!job) {
      this.#waiting.push(...events);
      return;
    }
    const isContiguous = applyJobEvents(job, events);
    this.info = job;
    this.snapshot = jobReducers[job.kind].copy(job.state);
    this.end = job.end;
    if (job.end) {
      this.cancelling = false;
      this.#resolveEnd();
    }
    if (!isContiguous) void this.attach(job.jobId);
  }
}

function isBatchOf<K extends JobKind>(batch: AnyJobEvents, kind: K): batch is AnyJobEvents & JobEvents<K> {
  return batch.kind === kind;
}

function isSnapshotOf<K extends JobKind>(job: AnyJobSnapshot, kind: K): job is AnyJobSnapshot & JobSnapshot<K> {
  return job.kind === kind;
}
