import { randomUUID } from 'node:crypto';
import type { JobKind, JobTypes } from '#contract/jobs/job-kinds.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type {
  AnyJobEvents,
  AnyJobSnapshot,
  JobEnd,
  JobEvents,
  JobId,
  JobInfo,
  JobSnapshot
} from '#contract/schema/job.ts';
import { AppError, toErrorData } from '../util/app-error.ts';
import { EventLog } from './event-log.ts';
import type { JobContext } from './job-context.ts';

interface Job<K extends JobKind = JobKind> {
  readonly info: JobInfo & { readonly kind: K };
  readonly log: EventLog<K>;
  readonly abort: AbortController;
  readonly state: JobTypes[K]['snapshot'];
  end: JobEnd<K> | null;
  settled: Promise<void>;
}

export interface JobListeners {
  started(info: JobInfo): void;
  events(batch: AnyJobEvents): void;
}

/** The work of a job; `snapshot` is the result of its events so far, for the record at the end. */
export type JobWork<K extends JobKind> = (
  job: JobContext<JobTypes[K]['event']> & { snapshot: JobTypes[K]['snapshot'] }
) => Promise<JobTypes[K]['result']>;

const batchMs = 50;

/** Max number of ended jobs stored for a reloaded window. */
const maxEnded = 12;

/**
 * Runs everything that takes time: a job starts, reports its events in batches, can be attached to and cancelled at any
 * time, and ends exactly once: finished, failed or cancelled.
 */
export class JobRunner {
  readonly #jobs = new Map<JobId, Job>();
  readonly #listeners: JobListeners;

  constructor(listeners: JobListeners) {
    this.#listeners = listeners;
  }

  /** Starts work as a job and returns at once. How it ends is its last event. */
  start<K extends JobKind>(kind: K, projectId: string | null, work: JobWork<K>): JobId {
    const jobId = randomUUID();
    const log = new EventLog<K>(batchMs, (events) =>
      this.#listeners.events({ jobId, kind, events } satisfies JobEvents<K> as AnyJobEvents)
    );
    const { empty, reduce } = jobReducers[kind];
    const job: Job<K> = {
      info: { jobId, kind, projectId, startedAt: Date.now(), ended: false },
      log,
      abort: new AbortController(),
      state: empty(),
      end: null,
      settled: Promise.resolve()
    };
    this.#jobs.set(jobId, job);
    this.#listeners.started(job.info);
    const emit = (event: JobTypes[K]['event']): void => {
      reduce(job.state, event);
      log.push(event);
    };
    job.settled = this.#run(job, () => work({ signal: job.abort.signal, emit, snapshot: job.state }));
    return jobId;
  }

  /** Running jobs and the last ended ones, oldest first. */
  list(): JobInfo[] {
    return [...this.#jobs.values()].map((job) => ({ ...job.info, ended: job.end !== null }));
  }

  /** The current snapshot of a job; events with a higher seq go to the listener. Throws job-unknown. */
  attach(jobId: JobId): AnyJobSnapshot {
    const job = this.#find(jobId);
    job.log.flush();
    const { info, log, state, end } = job;
    const snapshot: JobSnapshot = { ...info, ended: end !== null, seq: log.seq, state, end };
    return snapshot as AnyJobSnapshot;
  }

  /** Asks the job to stop; it ends as cancelled. Does nothing if the job has ended. Throws job-unknown. */
  cancel(jobId: JobId): void {
    this.#find(jobId).abort.abort();
  }

  /** Cancels the running jobs and waits until they have ended. */
  async close(): Promise<void> {
    const running = [...this.#jobs.values()].filter((job) => job.end === null);
    for (const job of running) job.abort.abort();
    await Promise.all(running.map((job) => job.settled));
  }

  #find(jobId: JobId): Job {
    const job = this.#jobs.get(jobId);
    if (!job) throw new AppError('job-unknown', {});
    return job;
  }

  async #run<K extends JobKind>(job: Job<K>, work: () => Promise<JobTypes[K]['result']>): Promise<void> {
    let end: JobEnd<K>;
    try {
      end = { kind: 'finished', result: await work() };
    } catch (thrown) {
      end = job.abort.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorData(thrown) };
    }
    job.end = end;
    job.log.end(end);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter((job) => job.end !== null);
    for (const job of ended.slice(0, Math.max(0, ended.length - maxEnded))) this.#jobs.delete(job.info.jobId);
  }
}
