import { createContext } from 'svelte';
import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import { maxComparedImages, minComparedImages } from '#contract/domain/comparison-limits.ts';
import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { call, CallError, toErrorData } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';
import { Listeners } from '../../state/listeners.ts';
import { comparedFromSaved, type ComparedImage } from './compared-image.ts';
import type { ComparisonInput, ComparisonQuestion, ComparisonQueries } from './comparison-queries.ts';
import { ContentsState } from './contents-state.svelte.ts';
import { LayerFetch } from './layer-fetch.svelte.ts';
import { PackagesState } from './packages-state.svelte.ts';

export type CompareView = 'size' | 'difference' | 'files' | 'config' | 'packages';

/** The compared images: read by one job, then queried. */
export class ComparisonState implements ComparisonQueries {
  images = $state.raw<readonly ComparedImage[]>([]);
  /** Index of the baseline. */
  baseline = $state(0);
  view = $state<CompareView>('size');
  /** The job of the current or last scan. */
  job: JobState<'comparison'>;
  /** Null until all images have been read. In the order of `images`. */
  overview = $state.raw<ComparisonOverview | null>(null);
  error = $state.raw<AppErrorData | null>(null);
  /** The selected path, "/usr/lib"; highlighted in every treemap. */
  selectedPath = $state<string | null>(null);
  /** The hovered row of aligned layers. */
  hoveredLayer = $state<number | null>(null);
  /** The current or failed fetch of one image's layers; null if none was requested. */
  fetch = $state.raw<LayerFetch | null>(null);
  readonly packages: PackagesState;
  readonly contents: ContentsState;

  /** The project that the comparison belongs to and is saved with; null for none. */
  #projectId: string | null = null;
  readonly #bridge: Bridge;
  readonly #readListeners = new Listeners();
  #comparisonId: string | null = null;
  #reading: Promise<void> | null = null;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.job = $state.raw(new JobState(bridge, 'comparison'));
    this.packages = new PackagesState(bridge, this);
    this.contents = new ContentsState(bridge, this);
  }

  get isReading(): boolean {
    return this.job.running;
  }

  get isCancelled(): boolean {
    return this.job.end?.kind === 'cancelled';
  }

  get isFull(): boolean {
    return this.images.length >= maxComparedImages;
  }

  /** Images whose layers are all available: only their content is known. */
  get completeCount(): number {
    return this.overview?.totals.sizes.filter((size) => size !== null).length ?? 0;
  }

  /** The names of the other images. */
  get missingNames(): string[] {
    const { overview } = this;
    return overview === null
      ? []
      : this.images.flatMap(({ name }, at) => (overview.totals.sizes[at] === null ? [name] : []));
  }

  /** The image being read, or whose reading failed. */
  get currentIndex(): number {
    return this.job.snapshot?.progress?.image ?? 0;
  }

  /**
   * Calls `listener` when the images have been read, immediately if they already are, and again after each scan and
   * each change of
   * baseline: earlier results belong to another overview. Returns the unsubscribe function.
   */
  onRead(listener: () => void): () => void {
    if (this.overview !== null) listener();
    return this.#readListeners.add(listener);
  }

  /** Compares these images, in a project or without one; the first is the baseline. */
  async choose(images: readonly ComparedImage[], projectId: string | null = null): Promise<void> {
    this.#projectId = projectId;
    this.baseline = 0;
    await this.#change(images.slice(0, maxComparedImages));
  }

  /** Restores the last comparison of a project; images chosen without a project stay. Throws CallError. */
  async restoreForProject(projectId: string | null): Promise<void> {
    const isChosen = this.#projectId === null && this.images.length > 0;
    if (projectId === null || projectId === this.#projectId || isChosen) return;
    this.#projectId = projectId;
    const before = this.images;
    const saved = await call(this.#bridge, 'comparison.recall', { projectId });
    if (projectId !== this.#projectId || before !== this.images) return;
    this.baseline = saved?.baseline ?? 0;
    await this.#load((saved?.images ?? []).map(comparedFromSaved));
  }

  /** Compares one more image, unless there are as many as can be. */
  async add(image: ComparedImage): Promise<void> {
    if (!this.isFull) await this.#change([...this.images, image]);
  }

  /** Leaves an image out. The first one becomes the baseline where that was it. */
  async remove(key: string): Promise<void> {
    const at = this.images.findIndex((image) => image.key === key);
    if (at < 0) return;
    if (at === this.baseline) this.baseline = 0;
    else if (at < this.baseline) this.baseline -= 1;
    await this.#change(this.images.filter((image) => image.key !== key));
  }

  /** Compares the others with another baseline; nothing is read again. */
  async setBaseline(index: number): Promise<void> {
    if (index === this.baseline) return;
    this.baseline = index;
    this.#remember();
    await this.#loadOverview();
  }

  /** Reloads everything, once more is known about the images. */
  refresh(): Promise<void> {
    return this.#loadOverview();
  }

  /** Reads the same images again, after an error or a cancellation. */
  async retry(): Promise<void> {
    if (!this.isReading) await this.#load(this.images);
  }

  /** Fetches the layers of an image that are only in its registry; the displayed data stays until they arrive. */
  async fetchLayers(image: number): Promise<void> {
    if (this.fetch?.isRunning === true) return;
    this.fetch?.dispose();
    const sources = this.images.map(({ source }) => source);
    const fetch = (this.fetch = new LayerFetch(this.#bridge, sources, image));
    const comparisonId = await fetch.run();
    if (comparisonId === null) return;
    if (fetch !== this.fetch) {
      void call(this.#bridge, 'comparison.close', { comparisonId }).catch(() => undefined);
      return;
    }
    this.#close();
    this.#comparisonId = comparisonId;
    await this.#loadOverview();
    if (fetch === this.fetch) this.fetch = null;
  }

  /** Queries the images; if their comparison was closed, they are read again first. Throws CallError. */
  async call<Q extends ComparisonQuestion>(
    question: Q,
    input: ComparisonInput<Q>
  ): Promise<CallOutput<`comparison.${Q}`>> {
    const send = (): Promise<CallOutput<`comparison.${Q}`>> => {
      const comparisonId = this.#comparisonId ?? 'none-yet';
      const fullInput = { ...input, comparisonId } as unknown as CallInput<`comparison.${Q}`>;
      return call(this.#bridge, `comparison.${question}`, fullInput);
    };
    const requestedId = this.#comparisonId;
    try {
      return await send();
    } catch (cause) {
      const isClosed = cause instanceof CallError && ['analysis-unknown', 'worker-died'].includes(cause.error.code);
      if (!isClosed) throw cause;
      if (!this.isReading && requestedId === this.#comparisonId) this.#reading = this.#read();
      await this.#reading;
      if (this.#comparisonId === null) throw cause;
      return send();
    }
  }

  async #change(images: readonly ComparedImage[]): Promise<void> {
    const loading = this.#load(images);
    this.#remember();
    await loading;
  }

  #remember(): void {
    const { baseline } = this;
    const projectId = this.#projectId;
    if (projectId === null) return;
    const images = this.images.map(({ source, name, chip, builtAt }) => ({ source, name, chip, builtAt }));
    // Failing to remember a comparison does not affect it.
    void call(this.#bridge, 'comparison.remember', { projectId, baseline, images }).catch(() => undefined);
  }

  async #load(images: readonly ComparedImage[]): Promise<void> {
    this.#reset();
    this.images = images;
    this.overview = null;
    this.error = null;
    this.selectedPath = null;
    this.hoveredLayer = null;
    if (images.length < minComparedImages) return;
    this.#reading = this.#read();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const job = new JobState(this.#bridge, 'comparison');
    this.job.dispose();
    this.job = job;
    this.error = null;
    this.#comparisonId = null;
    const sources = this.images.map(({ source }) => source);
    await job.start(() => call(this.#bridge, 'comparison.start', { sources }));
    await job.settled();
    if (job !== this.job) return;
    const { end, result } = job;
    if (result === null) {
      this.error = end?.kind === 'failed' ? end.error : job.error;
      return;
    }
    this.#comparisonId = result.comparisonId;
    this.#resetDetails();
    await this.#loadOverview();
  }

  async #loadOverview(): Promise<void> {
    const comparisonId = this.#comparisonId;
    const { baseline } = this;
    if (comparisonId === null) return;
    try {
      const overview = await call(this.#bridge, 'comparison.overview', { comparisonId, baseline });
      if (comparisonId !== this.#comparisonId || baseline !== this.baseline) return;
      const { filesBaseline } = overview;
      // An image with missing layers cannot be the baseline.
      if (filesBaseline !== null && filesBaseline !== baseline) {
        await this.setBaseline(filesBaseline);
        return;
      }
      this.overview = overview;
      this.#readListeners.notify();
    } catch (cause) {
      if (comparisonId === this.#comparisonId) this.error = toErrorData(cause);
    }
  }

  /** Data read on demand is unknown for other images, and for the same ones in another thread. */
  #resetDetails(): void {
    this.packages.reset();
    this.contents.reset();
  }

  #close(): void {
    this.#resetDetails();
    const comparisonId = this.#comparisonId;
    this.#comparisonId = null;
    if (comparisonId !== null) void call(this.#bridge, 'comparison.close', { comparisonId }).catch(() => undefined);
  }

  #reset(): void {
    this.#close();
    this.fetch?.dispose();
    this.fetch = null;
    if (this.job.running) void this.job.cancel();
    this.job.dispose();
    this.job = new JobState(this.#bridge, 'comparison');
  }
}

/** The window's comparison, provided by App.svelte. */
export const [useComparison, provideComparison] = createContext<ComparisonState>();
