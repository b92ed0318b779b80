import type { DifferenceCells } from '#contract/schema/difference-cells.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { CellRoom } from '#contract/treemap/lay-out-cells.ts';
import { toErrorData } from '../../bridge/bridge.ts';
import { sharesOfRoom } from '../treemap/cell-shares.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';

interface Wanted {
  readonly baseline: number;
  /** Null when there is no other whose files are here. */
  readonly image: number | null;
  readonly folder: number;
  readonly room: CellRoom;
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
  #wanted: Wanted | null = null;
  #last: Wanted | null = null;
  #isAsking = false;

  constructor(comparison: ComparisonState) {
    this.#comparison = comparison;
  }

  /** Places of the images that may be shown: not what the others are measured against, and none whose layers are not here. */
  get choices(): number[] {
    const { overview } = this.#comparison;
    return (overview?.images ?? []).flatMap(({ remote }, place) => {
      const isWhole = (remote?.missingLayerCount ?? 0) === 0;
      return isWhole && place !== overview?.filesBaseline ? [place] : [];
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

  show(wanted: Wanted): void {
    if (wanted.room.width <= 0 || wanted.room.height <= 0) return;
    if (wanted.generation !== this.#generation) {
      this.#generation = wanted.generation;
      this.folder = 0;
      this.drawn = null;
    }
    this.#wanted = { ...wanted, folder: this.folder };
    if (!this.#isAsking) void this.#askAll();
  }

  /** Asks once more for what could not be had. */
  tryAgain(): void {
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
  async #askAll(): Promise<void> {
    this.#isAsking = true;
    try {
      for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
        this.#wanted = null;
        this.#last = wanted;
        const { baseline, image, folder, room } = wanted;
        if (image === null) continue;
        const answer = await this.#comparison.ask('differences', { baseline, image, folder, ...sharesOfRoom(room) });
        this.drawn = { ...answer, folder };
      }
      this.error = null;
    } catch (cause) {
      this.#wanted = null;
      this.error = toErrorData(cause);
    } finally {
      this.#isAsking = false;
    }
  }
}
