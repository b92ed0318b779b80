import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { AppErrorData } from '../../../electron/contract/schema/error.ts';
import type { JobId } from '../../../electron/contract/schema/job.ts';
import { toErrorData } from '../bridge/bridge.ts';
import { JobState } from '../state/job.svelte.ts';

/** A reading of more of the images that are compared, asked for while these are looked at. */
export class MoreReading {
  job: JobState;
  error = $state.raw<AppErrorData | null>(null);
  /** From the first question on to its end. */
  isRunning = $state(false);

  readonly #bridge: Bridge;
  #turn = 0;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.job = $state.raw(new JobState(bridge));
  }

  get isCancelled(): boolean {
    return this.job.end?.kind === 'cancelled';
  }

  /** Starts a job and follows it to its end. Says whether it finished, and was not forgotten meanwhile. */
  async run(start: () => Promise<{ jobId: JobId }>): Promise<boolean> {
    this.forget();
    const turn = this.#turn;
    const { job } = this;
    this.isRunning = true;
    try {
      const { jobId } = await start();
      if (turn !== this.#turn) return false;
      await job.attach(jobId);
      await job.settled();
      if (turn !== this.#turn) return false;
      this.error = job.end?.kind === 'failed' ? job.end.error : job.error;
      return job.end?.kind === 'finished';
    } catch (cause) {
      if (turn === this.#turn) this.error = toErrorData(cause);
      return false;
    } finally {
      if (turn === this.#turn) this.isRunning = false;
    }
  }

  /** What runs is stopped, and how it ended is nobody's. */
  forget(): void {
    this.#turn += 1;
    if (this.job.running) void this.job.cancel();
    this.job.dispose();
    this.job = new JobState(this.#bridge);
    this.error = null;
    this.isRunning = false;
  }
}
