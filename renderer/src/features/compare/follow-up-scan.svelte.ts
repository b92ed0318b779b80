import type { Bridge } from '#contract/ipc/bridge.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { JobId } from '#contract/schema/job.ts';
import { toErrorData } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';
import type { ComparedImage } from './compared-image.ts';
import type { ComparisonQueries } from './comparison-queries.ts';

/** A reading of more of the images that are compared, asked for while these are looked at. */
export class FollowUpScan {
  job: JobState<'comparison'>;
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  readonly #comparison: ComparisonQueries;
  /** The images of which it is asked for. */
  #scannedImages = $state.raw<readonly ComparedImage[] | null>(null);

  constructor(bridge: Bridge, comparison: ComparisonQueries) {
    this.#bridge = bridge;
    this.#comparison = comparison;
    this.job = $state.raw(new JobState(bridge, 'comparison'));
  }

  /** From the first question on to the answer. */
  get isRunning(): boolean {
    return this.#scannedImages !== null && this.#scannedImages === this.#comparison.images;
  }

  get isCancelled(): boolean {
    return this.job.end?.kind === 'cancelled';
  }

  /**
   * What `ask` gives, after the job that `start` starts where it gives null. Null when that failed or was cancelled, when
   * it is on its way already, and when other images are compared by then.
   */
  async read<T>(loadPlan: () => Promise<T | null>, start: () => Promise<{ jobId: JobId }>): Promise<T | null> {
    if (this.isRunning) return null;
    const { images } = this.#comparison;
    const isCurrent = (): boolean => images === this.#comparison.images;
    this.#scannedImages = images;
    this.error = null;
    try {
      // Images that had to make room are read again by the first question, and what was known of them is forgotten.
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

  /** How it ended is nobody's any more; what runs is stopped. */
  reset(): void {
    if (this.job.running) void this.job.cancel();
    this.#replaceJob();
    this.error = null;
  }

  /** Says whether the job finished, and was not forgotten meanwhile. */
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
