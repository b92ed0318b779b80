import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallInput } from '#contract/ipc/calls.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { JobInfo } from '#contract/schema/job.ts';
import { pushTotals } from '#contract/jobs/apply-push-event.ts';
import { call } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';
import { addSample, measureRate, type RateSample } from './measure-rate.ts';

export type PushPhase = 'none' | 'running' | 'finished' | 'failed' | 'cancelled';

/** A project's push: the one that runs or ran here, and how fast it goes. */
export class PushState {
  readonly job: JobState<'push'>;
  /** The push is in front of the project's panes. */
  isShown = $state(false);
  #samples = $state.raw<readonly RateSample[]>([]);
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.job = new JobState(bridge, 'push');
  }

  readonly phase = $derived.by((): PushPhase => {
    if (this.job.end !== null) return this.job.end.kind;
    if (this.job.running) return 'running';
    return this.job.error === null ? 'none' : 'failed';
  });

  readonly totals = $derived.by(() => this.job.snapshot && pushTotals(this.job.snapshot));
  /** Bytes a second; null while nothing can be said. */
  readonly rate = $derived.by(() => measureRate(this.#samples));

  get error(): AppErrorData | null {
    return this.job.end?.kind === 'failed' ? this.job.end.error : this.job.error;
  }

  async start(input: CallInput<'push.start'>): Promise<void> {
    this.#samples = [];
    this.isShown = true;
    await this.job.start(() => call(this.#bridge, 'push.start', input));
  }

  /** Takes up a push that was begun before this window was loaded. */
  async attach(info: JobInfo): Promise<void> {
    this.isShown = true;
    await this.job.attach(info.jobId);
  }

  /** Notes how far it is at a time of a steady clock, in milliseconds. */
  observe(atMs: number): void {
    if (this.totals !== null) this.#samples = addSample(this.#samples, { atMs, sentBytes: this.totals.sentBytes });
  }

  dispose(): void {
    this.job.dispose();
  }
}

/** Errors that a sign-in can mend. */
export function requiresSignIn(error: AppErrorData): error is Extract<AppErrorData, { host: string }> {
  return (
    error.code === 'registry-not-signed-in' ||
    error.code === 'registry-wrong-password' ||
    error.code === 'registry-denied'
  );
}
