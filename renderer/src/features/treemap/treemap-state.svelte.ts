import type { AppErrorData } from '#contract/schema/error.ts';
import type { CellFocus, Cells, FileCell, MatchTotals } from '#contract/schema/analysis-overview.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { toErrorData } from '../../bridge/call.ts';
import type { AnalysisState } from '../analysis/analysis-state.svelte.ts';
import { computeCellShares } from './compute-cell-shares.ts';
import type { ColorMode } from './color-scheme.ts';
import { listHistoryCells, imageFocus } from './list-history-cells.ts';

const isSameFocus = (a: CellFocus, b: CellFocus): boolean => a.layer === b.layer && a.node === b.node;

/** What the treemap is to show. */
export interface TreemapRequest {
  readonly image: ImageDetail;
  /** The files have been read. */
  readonly isRead: boolean;
  readonly focus: CellFocus;
  readonly bounds: TreemapSize;
  readonly query: string;
}

/** Where in the image the treemap is, and the cells that it draws there. */
export class TreemapState {
  /** Where the person wants to be; the cells follow as soon as they have come. */
  focus = $state.raw<CellFocus>(imageFocus);
  mode = $state<ColorMode>('origin');
  cells = $state.raw<readonly FileCell[]>([]);
  /** The focus that `cells` are of. */
  drawnFocus = $state.raw<CellFocus>(imageFocus);
  crumbs = $state.raw<Cells['crumbs']>([]);
  /** Null without a search. */
  matched = $state.raw<MatchTotals | null>(null);
  error = $state.raw<AppErrorData | null>(null);

  readonly #analysis: AnalysisState;
  #pending: Pick<TreemapRequest, 'focus' | 'bounds' | 'query'> | null = null;
  #isLoading = false;

  constructor(analysis: AnalysisState) {
    this.#analysis = analysis;
  }

  get isAtTop(): boolean {
    return isSameFocus(this.focus, imageFocus);
  }

  /** Shows the cells of a focus: files where they have been read, else the layers of the history. */
  show({ image, isRead, focus, bounds, query }: TreemapRequest): void {
    if (!isRead) {
      this.#pending = null;
      if (focus.layer >= 0) this.focus = imageFocus;
      else this.#apply({ cells: listHistoryCells(image, focus), crumbs: crumbsOf(focus), matched: null }, focus);
      return;
    }
    if (bounds.width <= 0 || bounds.height <= 0) return;
    this.#pending = { focus, bounds, query: query.trim() };
    if (!this.#isLoading) void this.#loadPending();
  }

  zoomTo(focus: CellFocus): void {
    this.focus = focus;
  }

  /** Goes one step up. */
  zoomOut(): void {
    const above = this.crumbs.at(-2);
    this.focus = above === undefined ? imageFocus : { layer: above.layer, node: above.node };
  }

  /** One question at a time; what was wanted meanwhile follows, and only the last of it. */
  async #loadPending(): Promise<void> {
    this.#isLoading = true;
    try {
      for (let request = this.#pending; request !== null; request = this.#pending) {
        this.#pending = null;
        const { focus, bounds, query } = request;
        const answer = await this.#analysis.call('cells', {
          focus,
          ...computeCellShares(bounds),
          query: query === '' ? null : query
        });
        this.#apply(answer, focus);
      }
      this.error = null;
    } catch (cause) {
      this.#pending = null;
      this.error = toErrorData(cause);
    } finally {
      this.#isLoading = false;
    }
  }

  #apply({ cells, crumbs, matched }: Cells, focus: CellFocus): void {
    this.cells = cells;
    this.crumbs = crumbs;
    this.matched = matched;
    if (!isSameFocus(this.drawnFocus, focus)) this.drawnFocus = focus;
  }
}

function crumbsOf(focus: CellFocus): Cells['crumbs'] {
  const image = { ...imageFocus, name: '' };
  return isSameFocus(focus, imageFocus) ? [image] : [image, { ...focus, name: '' }];
}
