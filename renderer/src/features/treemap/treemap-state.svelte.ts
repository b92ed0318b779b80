import type { AppErrorData } from '#contract/schema/error.ts';
import type { CellFocus, Cells, FileCell, MatchTotals } from '#contract/schema/image-files.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { CellRoom } from '#contract/treemap/lay-out-cells.ts';
import { toErrorData } from '../../bridge/bridge.ts';
import type { AnalysisState } from '../analysis/analysis-state.svelte.ts';
import { sharesOfRoom } from './cell-shares.ts';
import type { ColourMode } from './colour-scheme.ts';
import { historyCells, imageFocus } from './history-cells.ts';

const isSameFocus = (a: CellFocus, b: CellFocus): boolean => a.layer === b.layer && a.node === b.node;

/** What the treemap is to show. */
export interface Wanted {
  readonly image: ImageDetail;
  /** The files have been read. */
  readonly isRead: boolean;
  readonly focus: CellFocus;
  readonly room: CellRoom;
  readonly query: string;
}

/** Where in the image the treemap is, and the cells that it draws there. */
export class TreemapState {
  /** Where the person wants to be; the cells follow as soon as they have come. */
  focus = $state.raw<CellFocus>(imageFocus);
  mode = $state<ColourMode>('origin');
  cells = $state.raw<readonly FileCell[]>([]);
  /** The focus that `cells` are of. */
  drawnFocus = $state.raw<CellFocus>(imageFocus);
  crumbs = $state.raw<Cells['crumbs']>([]);
  /** Null without a search. */
  matched = $state.raw<MatchTotals | null>(null);
  error = $state.raw<AppErrorData | null>(null);

  readonly #analysis: AnalysisState;
  #wanted: Pick<Wanted, 'focus' | 'room' | 'query'> | null = null;
  #isAsking = false;

  constructor(analysis: AnalysisState) {
    this.#analysis = analysis;
  }

  get isAtTop(): boolean {
    return isSameFocus(this.focus, imageFocus);
  }

  /** Shows the cells of a focus: files where they have been read, else the layers of the history. */
  show({ image, isRead, focus, room, query }: Wanted): void {
    if (!isRead) {
      this.#wanted = null;
      if (focus.layer >= 0) this.focus = imageFocus;
      else this.#take({ cells: historyCells(image, focus), crumbs: crumbsOf(focus), matched: null }, focus);
      return;
    }
    if (room.width <= 0 || room.height <= 0) return;
    this.#wanted = { focus, room, query: query.trim() };
    if (!this.#isAsking) void this.#askAll();
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
  async #askAll(): Promise<void> {
    this.#isAsking = true;
    try {
      for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
        this.#wanted = null;
        const { focus, room, query } = wanted;
        const answer = await this.#analysis.ask('cells', {
          focus,
          ...sharesOfRoom(room),
          query: query === '' ? null : query
        });
        this.#take(answer, focus);
      }
      this.error = null;
    } catch (cause) {
      this.#wanted = null;
      this.error = toErrorData(cause);
    } finally {
      this.#isAsking = false;
    }
  }

  #take({ cells, crumbs, matched }: Cells, focus: CellFocus): void {
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
