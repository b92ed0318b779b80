import type { Bridge } from '#contract/ipc/bridge.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { JobId } from '#contract/schema/job.ts';
import { toErrorData } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';
import type { ComparedImage } from './compared-image.ts';
import type { ComparisonQueries } from './comparison-queries.ts';

/** Reads more data of the compared images on request, while they are displayed. */
export class FollowUpScan {
  job: JobState<'comparison'>;
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  readonly #comparison: ComparisonQueries;
  /** The images of the request. */
  #scannedImages = $state.raw<readonly ComparedImage[] | null>(null);

  constructor(bridge: Bridge, comparison: ComparisonQueries) {
    this.#bridge = bridge;
    this.#comparison = comparison;
    this.job = $state.raw(new JobState(bridge, 'comparison'));
  }

  /** True from the first query to its answer. */
  get isRunning(): boolean {
    return this.#scannedImages !== null && this.#scannedImages === this.#comparison.images;
  }

  get isCancelled(): boolean {
    return this.job.end?.kind === 'cancelled';
  }

  /**
   * The result of `loadPlan`; if it returns null, the job of `start` runs first. Null if that failed or was canceled, if
   * a request is already running, and if other images are compared by then.
   */
  async read<T>(loadPlan: () => Promise<T | null>, start: () => Promise<{ jobId: JobId }>): Promise<T | null> {
    if (this.isRunning) return null;
    const { images } = this.#comparison;
    const isCurrent = (): boolean => images === this.#comparison.images;
    this.#scannedImages = images;
    this.error = null;
    try {
      // If the comparison was closed, the first query reads the images again, and their data is reset.
      const cached = await loadPlan();
      if (cached !== null || !isCurrent()) return isCurrent() ? cached : null;
      const isRead = await this.#follow(start);
      const read = isRead ? await loadPlan() : null;
      return isCurrent() ? read : null;
    } catch (cause) {
      if (isCurrent()) this.error = toErrorData(cause);
      return null;
    } finally {
      if (this.#scannedImages === images) this.#scannedImages = null;
    }
  }

  /** Forgets the result of the last job; a running one is canceled. */
  reset(): void {
    if (this.job.running) void this.job.cancel();
    this.#replaceJob();
    this.error = null;
  }

  /** Returns whether the job finished, and was not forgotten in the meantime. */
  async #follow(start: () => Promise<{ jobId: JobId }>): Promise<boolean> {
    const job = this.#replaceJob();
    const { jobId } = await start();
    if (job !== this.job) return false;
    await job.attach(jobId);
    await job.settled();
    if (job !== this.job) return false;
    this.error = job.end?.kind === 'failed' ? job.end.error : job.error;
    return job.end?.kind === 'finished';
  }

  #replaceJob(): JobState<'comparison'> {
    this.job.dispose();
    return (this.job = new JobState(this.#bridge, 'comparison'));
  }
}
