import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallInput } from '#contract/ipc/calls.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { JobInfo } from '#contract/schema/job.ts';
import { pushTotals } from '#contract/jobs/apply-push-event.ts';
import { call } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';
import { addSample, measureRate, type RateSample } from './measure-rate.ts';

export type PushPhase = 'none' | 'running' | 'finished' | 'failed' | 'cancelled';

/** A project's push: the current one of this window, and its rate. */
export class PushState {
  readonly job: JobState<'push'>;
  /** The push covers the project's panes. */
  isShown = $state(false);
  #samples = $state.raw<readonly RateSample[]>([]);
  readonly #bridge: Bridge;
  readonly #unsubscribe: () => void;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.job = new JobState(bridge, 'push');
    // Added after the job's own listener, which has applied the events by then.
    this.#unsubscribe = bridge.on('job.events', ({ jobId }) => {
      if (jobId === this.job.info?.jobId) this.#addSample();
    });
  }

  readonly phase = $derived.by((): PushPhase => {
    if (this.job.end !== null) return this.job.end.kind;
    if (this.job.running) return 'running';
    return this.job.error === null ? 'none' : 'failed';
  });

  readonly totals = $derived.by(() => this.job.snapshot && pushTotals(this.job.snapshot));
  /** Bytes per second; null while unknown. */
  readonly rate = $derived.by(() => measureRate(this.#samples));

  get error(): AppErrorData | null {
    return this.job.end?.kind === 'failed' ? this.job.end.error : this.job.error;
  }

  /** Starts a push and brings it to the front, unless one runs. What fails is in `error`. */
  async start(input: CallInput<'push.start'>): Promise<void> {
    this.#samples = [];
    this.isShown = true;
    await this.job.start(() => call(this.#bridge, 'push.start', input));
    this.#addSample();
  }

  /** Attaches to a push that was started before this window was loaded. */
  async attach(info: JobInfo): Promise<void> {
    this.isShown = true;
    await this.job.attach(info.jobId);
    this.#addSample();
  }

  dispose(): void {
    this.#unsubscribe();
    this.job.dispose();
  }

  #addSample(): void {
    const sample = { atMs: performance.now(), sentBytes: this.totals?.sentBytes ?? 0 };
    if (this.totals !== null) this.#samples = addSample(this.#samples, sample);
  }
}
