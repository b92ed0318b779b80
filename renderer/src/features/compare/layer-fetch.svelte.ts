import type { Bridge } from '#contract/ipc/bridge.ts';
import type { ComparedSource } from '#contract/schema/comparison.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { call } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';

/** A fetch of one image's layers, while the displayed data of the images stays on the screen. */
export class LayerFetch {
  /** The image's index. */
  readonly image: number;
  readonly job: JobState<'comparison'>;
  readonly #bridge: Bridge;
  readonly #sources: readonly ComparedSource[];

  constructor(bridge: Bridge, sources: readonly ComparedSource[], image: number) {
    this.#bridge = bridge;
    this.image = image;
    this.job = new JobState(bridge, 'comparison');
    this.#sources = sources.map((source, at) =>
      at === image && source.kind === 'registry' ? { ...source, fetchLayers: true } : source
    );
  }

  get isRunning(): boolean {
    return this.job.running;
  }

  get isCancelled(): boolean {
    return this.job.end?.kind === 'cancelled';
  }

  get error(): AppErrorData | null {
    return this.job.end?.kind === 'failed' ? this.job.end.error : this.job.error;
  }

  /** Fetched and total bytes, compressed; null before the first. */
  get progress(): { phase: 'reading' | 'merging'; doneBytes: number; totalBytes: number | null } | null {
    const progress = this.job.snapshot?.progress ?? null;
    if (progress?.image !== this.image) return null;
    const { phase, readBytes, totalBytes } = progress.progress;
    if (phase === 'merging') return { phase, doneBytes: readBytes, totalBytes };
    // While waiting for the registry between two layers, keep the last progress.
    return readBytes === 0 ? null : { phase: 'reading', doneBytes: readBytes, totalBytes };
  }

  /** Fetches and reads; returns the complete comparison, null if it failed or was canceled. */
  async run(): Promise<string | null> {
    const sources = [...this.#sources];
    await this.job.start(() => call(this.#bridge, 'comparison.start', { sources }));
    await this.job.settled();
    return this.job.result?.comparisonId ?? null;
  }

  dispose(): void {
    if (this.isRunning) void this.job.cancel();
    this.job.dispose();
  }
}
