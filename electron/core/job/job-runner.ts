import { randomUUID } from 'node:crypto';
import { applyJobEvent, emptyJobSnapshots, type JobTypes } from '#contract/jobs/job-reducers.ts';
import type { JobEnd, JobEvent, JobId, JobInfo, JobKind, JobSnapshot } from '#contract/schema/job.ts';
import { AppError, toErrorData } from '../util/app-error.ts';
import { EventLog } from './event-log.ts';
import type { JobContext } from './job-context.ts';

interface Job {
  readonly info: JobInfo;
  readonly log: EventLog;
  readonly abort: AbortController;
  readonly snapshots: Pick<JobSnapshot, JobKind>;
  end: JobEnd | null;
  settled: Promise<void>;
}

export interface JobListeners {
  started(info: JobInfo): void;
  events(jobId: JobId, events: JobEvent[]): void;
}

/** The work of a job; `snapshot` is what its events have made so far, for the record at the end. */
export type JobWork<K extends JobKind> = (
  job: JobContext<JobTypes[K]['event']> & { snapshot: JobTypes[K]['snapshot'] }
) => Promise<JobTypes[K]['result']>;

const batchMs = 50;

/** Ended jobs kept for a window that comes back to them. */
const maxEnded = 12;

/**
 * Everything long runs here: it starts, tells its events in batches, can be attached to at any time, can be cancelled,
 * and ends exactly once, in finished, failed or cancelled.
 */
export class JobRunner {
  readonly #jobs = new Map<JobId, Job>();
  readonly #listeners: JobListeners;

  constructor(listeners: JobListeners) {
    this.#listeners = listeners;
  }

  start<K extends JobKind>(kind: K, projectId: string | null, work: JobWork<K>): JobId {
    const jobId = randomUUID();
    const info: JobInfo = { jobId, kind, projectId, startedAt: Date.now(), ended: false };
    const log = new EventLog(batchMs, (events) => this.#listeners.events(jobId, events));
    const abort = new AbortController();
    const snapshots = emptyJobSnapshots(kind);
    const job: Job = { info, log, abort, snapshots, end: null, settled: Promise.resolve() };
    this.#jobs.set(jobId, job);
    this.#listeners.started(info);
    const emit = (payload: JobTypes[K]['event']): void => {
      const event = { kind, [kind]: payload } as unknown as JobEvent['event'];
      applyJobEvent(snapshots, event);
      log.push(event);
    };
    const snapshot = snapshots[kind] as JobTypes[K]['snapshot'];
    job.settled = this.#run(job, async () => {
      const result = await work({ signal: abort.signal, emit, snapshot });
      return { kind: 'finished', [kind]: result };
    });
    return jobId;
  }

  /** Running jobs and the last ended ones, oldest first. */
  list(): JobInfo[] {
    return [...this.#jobs.values()].map((job) => ({ ...job.info, ended: job.end !== null }));
  }

  /** All of a job up to now; events with a higher seq follow by the listener. */
  attach(jobId: JobId): JobSnapshot {
    const job = this.#find(jobId);
    job.log.flush();
    return { info: { ...job.info, ended: job.end !== null }, seq: job.log.seq, ...job.snapshots, end: job.end };
  }

  /** Asks the job to stop; it ends as cancelled. Nothing happens to a job that has ended. */
  cancel(jobId: JobId): void {
    this.#find(jobId).abort.abort();
  }

  /** Cancels what runs and waits until it has ended. */
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

  async #run(job: Job, run: () => Promise<JobEnd>): Promise<void> {
    try {
      job.end = await run();
    } catch (thrown) {
      job.end = job.abort.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorData(thrown) };
    }
    job.log.push({ kind: 'end', end: job.end });
    job.log.flush();
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter((job) => job.end !== null);
    for (const job of ended.slice(0, Math.max(0, ended.length - maxEnded))) this.#jobs.delete(job.info.jobId);
  }
}
