import type { AppErrorData } from '#contract/schema/error.ts';
import type { CellFocus, Cells, FileCell, MatchTotals } from '#contract/schema/analysis-overview.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { toErrorData } from '../../../bridge/call.ts';
import type { AnalysisState } from '../analysis-state.svelte.ts';
import { computeCellShares } from '../../treemap/compute-cell-shares.ts';
import type { ColorMode } from '../../treemap/color-scheme.ts';
import { listHistoryCells, imageFocus } from '../../treemap/list-history-cells.ts';

const isSameFocus = (a: CellFocus, b: CellFocus): boolean => a.layer === b.layer && a.node === b.node;

/** The files to display in the treemap. */
export interface TreemapRequest {
  readonly imageId: string;
  readonly focus: CellFocus;
  readonly bounds: TreemapSize;
  readonly query: string;
}

/** The drawn cells, and their focus. */
interface Drawn extends Cells {
  readonly focus: CellFocus;
}

/** The treemap's focus in the image, and its cells. */
export class TreemapState {
  mode = $state<ColorMode>('origin');
  error = $state.raw<AppErrorData | null>(null);

  readonly #analysis: AnalysisState;
  readonly #imageOf: () => ImageDetail;
  #requested = $state.raw<{ readonly imageId: string | null; readonly focus: CellFocus }>({
    imageId: null,
    focus: imageFocus
  });
  #loaded = $state.raw<(Drawn & { readonly imageId: string }) | null>(null);
  #pending: TreemapRequest | null = null;
  #isLoading = false;

  /** `imageOf` returns the image according to its history, which is drawn until the files have been read. */
  constructor(analysis: AnalysisState, imageOf: () => ImageDetail) {
    this.#analysis = analysis;
    this.#imageOf = imageOf;
  }

  /** The image whose files have been read; null until then. */
  readonly #readId = $derived.by(() => this.#analysis.overview?.image.id ?? null);

  /** The requested focus; the cells follow when they arrive. Only an analyzed image has directories. */
  readonly focus = $derived.by((): CellFocus => {
    const { imageId, focus } = this.#requested;
    return focus.layer < 0 || (imageId !== null && imageId === this.#readId) ? focus : imageFocus;
  });

  /** Cells of files if they were read and have arrived, else the layers of the history. */
  readonly #drawn = $derived.by((): Drawn => {
    if (this.#loaded !== null && this.#loaded.imageId === this.#readId) return this.#loaded;
    const focus = this.focus.layer < 0 ? this.focus : imageFocus;
    return { focus, cells: listHistoryCells(this.#imageOf(), focus), crumbs: crumbsOf(focus), matched: null };
  });

  get cells(): readonly FileCell[] {
    return this.#drawn.cells;
  }

  /** The focus of `cells`. */
  get drawnFocus(): CellFocus {
    return this.#drawn.focus;
  }

  get crumbs(): Cells['crumbs'] {
    return this.#drawn.crumbs;
  }

  /** Null without a search. */
  get matched(): MatchTotals | null {
    return this.#drawn.matched;
  }

  get isAtTop(): boolean {
    return isSameFocus(this.focus, imageFocus);
  }

  /** Requests the cells of a focus, to be drawn when they arrive. */
  show(request: TreemapRequest): void {
    if (request.bounds.width <= 0 || request.bounds.height <= 0) return;
    this.#pending = request;
    if (!this.#isLoading) void this.#loadPending();
  }

  zoomTo(focus: CellFocus): void {
    if (!isSameFocus(focus, this.focus)) this.#requested = { imageId: this.#readId, focus };
  }

  /** Moves one level up. */
  zoomOut(): void {
    const above = this.crumbs.at(-2);
    this.zoomTo(above === undefined ? imageFocus : { layer: above.layer, node: above.node });
  }

  /** One request at a time; of those made in the meantime, only the last one is sent. */
  async #loadPending(): Promise<void> {
    this.#isLoading = true;
    try {
      for (let request = this.#pending; request !== null; request = this.#pending) {
        this.#pending = null;
        const { imageId, focus, bounds } = request;
        const query = request.query.trim();
        const answer = await this.#analysis.call('cells', {
          focus,
          ...computeCellShares(bounds),
          query: query === '' ? null : query
        });
        this.#loaded = { ...answer, imageId, focus };
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

function crumbsOf(focus: CellFocus): Cells['crumbs'] {
  const image = { ...imageFocus, name: '' };
  return isSameFocus(focus, imageFocus) ? [image] : [image, { ...focus, name: '' }];
}
