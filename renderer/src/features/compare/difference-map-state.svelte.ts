import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import type { DifferenceCells } from '#contract/schema/difference-cells.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { toErrorData } from '../../bridge/call.ts';
import { computeCellShares } from '../treemap/compute-cell-shares.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';

interface DifferenceMapRequest {
  readonly overview: ComparisonOverview;
  /** Null if there is no other image with available files. */
  readonly image: number | null;
  readonly folder: number;
  readonly bounds: TreemapSize;
}

/** The drawn cells, and their directory. */
interface Drawn extends DifferenceCells {
  readonly overview: ComparisonOverview;
  readonly folder: number;
}

/** The image compared with the baseline, the displayed directory, and its cells. */
export class DifferenceMapState {
  error = $state.raw<AppErrorData | null>(null);
  #chosen = $state(1);
  /** The numbers of directories belong to one overview. */
  #requested = $state.raw<{ readonly overview: ComparisonOverview | null; readonly folder: number } | null>(null);
  #loaded = $state.raw<Drawn | null>(null);

  readonly #comparison: ComparisonState;
  #pending: (DifferenceMapRequest & { readonly baseline: number }) | null = null;
  #last: DifferenceMapRequest | null = null;
  #isLoading = false;

  constructor(comparison: ComparisonState) {
    this.#comparison = comparison;
  }

  /** The requested directory; the cells follow when they arrive. */
  get folder(): number {
    const requested = this.#requested;
    return requested !== null && requested.overview === this.#comparison.overview ? requested.folder : 0;
  }

  /** Null until the first cells have arrived. */
  get drawn(): Drawn | null {
    return this.#loaded?.overview === this.#comparison.overview ? this.#loaded : null;
  }

  /** Indexes of the images that can be displayed: not the baseline, and none with missing layers. */
  get choices(): number[] {
    const { overview } = this.#comparison;
    return (overview?.images ?? []).flatMap(({ remote }, index) => {
      const isComplete = (remote?.missingLayerCount ?? 0) === 0;
      return isComplete && index !== overview?.filesBaseline ? [index] : [];
    });
  }

  /** Index of the displayed image: the chosen one, if it can be displayed; null if none can. */
  get image(): number | null {
    const { choices } = this;
    return choices.includes(this.#chosen) ? this.#chosen : (choices[0] ?? null);
  }

  /** Shows this image from now on, by its index, if it may be shown. */
  choose(image: number): void {
    this.#chosen = image;
  }

  /** Reads the cells of a folder for an area of this size. Nothing happens while the area is empty. */
  show(request: DifferenceMapRequest): void {
    if (request.bounds.width <= 0 || request.bounds.height <= 0) return;
    this.#pending = { ...request, baseline: this.#comparison.baseline };
    if (!this.#isLoading) void this.#loadPending();
  }

  /** Repeats a failed request. */
  retry(): void {
    if (this.#last !== null) this.show(this.#last);
  }

  zoomTo(folder: number): void {
    this.#requested = { overview: this.#comparison.overview, folder };
  }

  /** Moves one directory up. */
  zoomOut(): void {
    this.zoomTo(this.drawn?.crumbs.at(-2)?.node ?? 0);
  }

  /** One request at a time; of those made in the meantime, only the last one is sent, also after a failure. */
  async #loadPending(): Promise<void> {
    this.#isLoading = true;
    for (let request = this.#pending; request !== null; request = this.#pending) {
      this.#pending = null;
      this.#last = request;
      await this.#load(request);
    }
    this.#isLoading = false;
  }

  async #load(request: DifferenceMapRequest & { readonly baseline: number }): Promise<void> {
    const { overview, baseline, image, folder, bounds } = request;
    try {
      if (image !== null) {
        const input = { baseline, image, folder, ...computeCellShares(bounds) };
        this.#loaded = { ...(await this.#comparison.call('differences', input)), overview, folder };
      }
      this.error = null;
    } catch (cause) {
      this.error = toErrorData(cause);
    }
  }
}
