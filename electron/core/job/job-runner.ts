import { randomUUID } from 'node:crypto';
import { emptyBuildSnapshot } from '../../contract/build-reducer.ts';
import { applyJobEvent, emptyJobParts, type JobParts } from '../../contract/job-kinds.ts';
import type { BuildEvent, BuildResult } from '../../contract/schema/build.ts';
import type {
  BuildSnapshot,
  JobEnd,
  JobEvent,
  JobId,
  JobInfo,
  JobKind,
  JobSnapshot
} from '../../contract/schema/job.ts';
import type { PushEvent, PushResult } from '../../contract/schema/push.ts';
import type { TransferEvent, TransferResult } from '../../contract/schema/transfer.ts';
import { AppError, toErrorData } from '../app-error.ts';
import { EventLog } from './event-log.ts';
import type { JobContext } from './job-context.ts';

interface Job {
  readonly info: JobInfo;
  readonly log: EventLog;
  readonly abort: AbortController;
  readonly parts: JobParts;
  end: JobEnd | null;
  settled: Promise<void>;
}

export interface JobListeners {
  started(info: JobInfo): void;
  events(jobId: JobId, events: JobEvent[]): void;
}

/** The work of a build; `snapshot` is what its events have made so far, for the record at the end. */
export type BuildWork = (job: JobContext<BuildEvent> & { snapshot: BuildSnapshot }) => Promise<BuildResult>;
export type PushWork = (job: JobContext<PushEvent>) => Promise<PushResult>;
export type TransferWork = (job: JobContext<TransferEvent>) => Promise<TransferResult>;

/** Takes an event into the job's snapshot and tells it. */
type Tell = (event: Exclude<JobEvent['event'], { kind: 'end' }>) => void;
type Run = (signal: AbortSignal, tell: Tell) => Promise<JobEnd>;

const batchMs = 50;

/** Ended jobs kept for a window that comes back to them. */
const keptEnded = 12;

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

  startBuild(projectId: string | null, work: BuildWork): JobId {
    const snapshot = emptyBuildSnapshot();
    const parts = { ...emptyJobParts('build'), build: snapshot };
    return this.#start('build', projectId, parts, async (signal, tell) => {
      const emit = (build: BuildEvent): void => tell({ kind: 'build', build });
      return { kind: 'finished', build: await work({ signal, emit, snapshot }) };
    });
  }

  startPush(projectId: string | null, work: PushWork): JobId {
    return this.#start('push', projectId, emptyJobParts('push'), async (signal, tell) => {
      const emit = (push: PushEvent): void => tell({ kind: 'push', push });
      return { kind: 'finished', push: await work({ signal, emit }) };
    });
  }

  startTransfer(work: TransferWork): JobId {
    return this.#start('transfer', null, emptyJobParts('transfer'), async (signal, tell) => {
      const emit = (transfer: TransferEvent): void => tell({ kind: 'transfer', transfer });
      return { kind: 'finished', transfer: await work({ signal, emit }) };
    });
  }

  /** Running jobs and the last ended ones, oldest first. */
  list(): JobInfo[] {
    return [...this.#jobs.values()].map((job) => ({ ...job.info, ended: job.end !== null }));
  }

  /** All of a job up to now; events with a higher seq follow by the listener. */
  attach(jobId: JobId): JobSnapshot {
    const job = this.#find(jobId);
    job.log.flush();
    return { info: { ...job.info, ended: job.end !== null }, seq: job.log.seq, ...job.parts, end: job.end };
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

  #start(kind: JobKind, projectId: string | null, parts: JobParts, run: Run): JobId {
    const jobId = randomUUID();
    const info: JobInfo = { jobId, kind, projectId, startedAt: Date.now(), ended: false };
    const log = new EventLog(batchMs, (events) => this.#listeners.events(jobId, events));
    const job: Job = { info, log, abort: new AbortController(), parts, end: null, settled: Promise.resolve() };
    this.#jobs.set(jobId, job);
    this.#listeners.started(info);
    job.settled = this.#run(job, run);
    return jobId;
  }

  async #run(job: Job, run: Run): Promise<void> {
    const tell: Tell = (event) => {
      applyJobEvent(job.parts, event);
      job.log.push(event);
    };
    try {
      job.end = await run(job.abort.signal, tell);
    } catch (thrown) {
      job.end = job.abort.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorData(thrown) };
    }
    job.log.push({ kind: 'end', end: job.end });
    job.log.flush();
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter((job) => job.end !== null);
    for (const job of ended.slice(0, Math.max(0, ended.length - keptEnded))) this.#jobs.delete(job.info.jobId);
  }
}
