import type { DifferenceCells } from '#contract/schema/difference-cells.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { toErrorData } from '../../bridge/call.ts';
import { computeCellShares } from '../treemap/compute-cell-shares.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';

interface DifferenceMapRequest {
  readonly baseline: number;
  /** Null when there is no other whose files are here. */
  readonly image: number | null;
  readonly folder: number;
  readonly bounds: TreemapSize;
  /** Of the comparison: the numbers of folders are those of one generation. */
  readonly generation: number;
}

/** What is drawn, and of which folder. */
interface Drawn extends DifferenceCells {
  readonly folder: number;
}

/** Which image is held against the baseline, where in its files the picture is, and the cells that it has there. */
export class DifferenceMapState {
  /** The folder where the person wants to be; the cells follow as soon as they have come. */
  folder = $state(0);
  /** Null until the first have come. */
  drawn = $state.raw<Drawn | null>(null);
  error = $state.raw<AppErrorData | null>(null);
  #chosen = $state(1);

  readonly #comparison: ComparisonState;
  #generation = 0;
  #pending: DifferenceMapRequest | null = null;
  #last: DifferenceMapRequest | null = null;
  #isLoading = false;

  constructor(comparison: ComparisonState) {
    this.#comparison = comparison;
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

  choose(image: number): void {
    this.#chosen = image;
  }

  show(request: DifferenceMapRequest): void {
    if (request.bounds.width <= 0 || request.bounds.height <= 0) return;
    if (request.generation !== this.#generation) {
      this.#generation = request.generation;
      this.folder = 0;
      this.drawn = null;
    }
    this.#pending = { ...request, folder: this.folder };
    if (!this.#isLoading) void this.#loadPending();
  }

  /** Asks once more for what could not be had. */
  retry(): void {
    if (this.#last !== null) this.show(this.#last);
  }

  zoomTo(folder: number): void {
    this.folder = folder;
  }

  /** Goes one folder up. */
  zoomOut(): void {
    this.folder = this.drawn?.crumbs.at(-2)?.node ?? 0;
  }

  /** One question at a time; what was wanted meanwhile follows, and only the last of it. */
  async #loadPending(): Promise<void> {
    this.#isLoading = true;
    try {
      for (let request = this.#pending; request !== null; request = this.#pending) {
        this.#pending = null;
        this.#last = request;
        const { baseline, image, folder, bounds } = request;
        if (image === null) continue;
        const answer = await this.#comparison.call('differences', {
          baseline,
          image,
          folder,
          ...computeCellShares(bounds)
        });
        this.drawn = { ...answer, folder };
      }
      this.error = null;
    } catch (cause) {
      this.#pending = null;
      this.error = toErrorData(cause);
    } finally {
      this.#isLoading = false;
    }
  }
}
