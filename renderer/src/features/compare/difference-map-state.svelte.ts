import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import type { DifferenceCells } from '#contract/schema/difference-cells.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { toErrorData } from '../../bridge/call.ts';
import { computeCellShares } from '../treemap/compute-cell-shares.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';

interface DifferenceMapRequest {
  readonly overview: ComparisonOverview;
  /** Null when there is no other whose files are here. */
  readonly image: number | null;
  readonly folder: number;
  readonly bounds: TreemapSize;
}

/** What is drawn, and of which folder. */
interface Drawn extends DifferenceCells {
  readonly overview: ComparisonOverview;
  readonly folder: number;
}

/** Which image is held against the baseline, where in its files the picture is, and the cells that it has there. */
export class DifferenceMapState {
  error = $state.raw<AppErrorData | null>(null);
  #chosen = $state(1);
  /** The numbers of folders are those of one overview. */
  #wanted = $state.raw<{ readonly overview: ComparisonOverview | null; readonly folder: number } | null>(null);
  #loaded = $state.raw<Drawn | null>(null);

  readonly #comparison: ComparisonState;
  #pending: (DifferenceMapRequest & { readonly baseline: number }) | null = null;
  #last: DifferenceMapRequest | null = null;
  #isLoading = false;

  constructor(comparison: ComparisonState) {
    this.#comparison = comparison;
  }

  /** The folder where the person wants to be; the cells follow as soon as they have come. */
  get folder(): number {
    const wanted = this.#wanted;
    return wanted !== null && wanted.overview === this.#comparison.overview ? wanted.folder : 0;
  }

  /** Null until the first cells have come. */
  get drawn(): Drawn | null {
    return this.#loaded?.overview === this.#comparison.overview ? this.#loaded : null;
  }

  /** Places of the images that may be shown: not what the others are measured against, and none whose layers are not here. */
  get choices(): number[] {
    const { overview } = this.#comparison;
    return (overview?.images ?? []).flatMap(({ remote }, index) => {
      const isComplete = (remote?.missingLayerCount ?? 0) === 0;
      return isComplete && index !== overview?.filesBaseline ? [index] : [];
    });
  }

  /** Place of the image that is shown: the one that was chosen, if it may be; null when none may. */
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

  /** Asks once more for what could not be had. */
  retry(): void {
    if (this.#last !== null) this.show(this.#last);
  }

  zoomTo(folder: number): void {
    this.#wanted = { overview: this.#comparison.overview, folder };
  }

  /** Goes one folder up. */
  zoomOut(): void {
    this.zoomTo(this.drawn?.crumbs.at(-2)?.node ?? 0);
  }

  /** One request at a time; what was wanted meanwhile follows, and only the last of it, also after a failure. */
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
