import type { ShownChange } from '#contract/schema/comparison.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../../bridge/bridge.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';
import { listDifferenceLines, type DifferenceLine } from './difference-lines.ts';
import {
  appendRows,
  closeIn,
  noDifferences,
  openIn,
  openLargest,
  openTo,
  type FolderDifferences,
  type OpenDifferences
} from './open-differences.ts';

/** Rows of a folder that are asked for at once. */
const pageRows = 1000;

/** What differs between the images as a tree whose folders are asked for when they are opened. */
export class DifferencesState {
  /** Only these changes are shown; all when empty. */
  changes = $state.raw<readonly ShownChange[]>([]);
  error = $state.raw<AppErrorData | null>(null);
  /** Key of the line that the keys move from; null for none yet. */
  activeKey = $state<string | null>(null);
  #tree = $state.raw<OpenDifferences>(noDifferences);

  readonly #comparison: ComparisonState;
  #turn = 0;

  constructor(comparison: ComparisonState) {
    this.#comparison = comparison;
  }

  readonly lines = $derived.by((): DifferenceLine[] => listDifferenceLines(this.#tree));

  /** The root has been read. */
  get isLoaded(): boolean {
    return this.#tree.folders.has(0);
  }

  /** Reads from the root again, as for another baseline or other changes. */
  async load(changes: readonly ShownChange[]): Promise<void> {
    this.#turn += 1;
    this.changes = changes;
    this.activeKey = null;
    await this.#change(() => openLargest((folder) => this.#read(folder, 0)));
  }

  async toggle(line: DifferenceLine): Promise<void> {
    if (line.kind === 'more') {
      await this.#append(line.parent);
      return;
    }
    const { node, isFolder } = line.row;
    if (!isFolder) return;
    if (line.isOpen) {
      this.#tree = closeIn(this.#tree, node);
      return;
    }
    if (!this.#tree.folders.has(node)) await this.#append(node);
    this.#tree = openIn(this.#tree, node);
  }

  /** Opens the folders on the way to a path, as far as it is among what differs. */
  async reveal(path: string): Promise<void> {
    if (!this.isLoaded || this.lines.some((line) => line.kind === 'row' && line.path === path)) return;
    await this.#change(() => openTo(this.#tree, path, (folder) => this.#read(folder, 0)));
  }

  #append(folder: number): Promise<void> {
    const start = this.#tree.folders.get(folder)?.rows.length ?? 0;
    return this.#change(async () => {
      const read = await this.#read(folder, start);
      const isNext = (this.#tree.folders.get(folder)?.rows.length ?? 0) === start;
      return isNext ? appendRows(this.#tree, folder, read) : this.#tree;
    });
  }

  /** Takes a tree that was asked for, unless something else is shown by then. */
  async #change(ask: () => Promise<OpenDifferences>): Promise<void> {
    const turn = this.#turn;
    try {
      const tree = await ask();
      if (turn !== this.#turn) return;
      this.#tree = tree;
      this.error = null;
    } catch (cause) {
      if (turn === this.#turn) this.error = toErrorData(cause);
    }
  }

  #read(folder: number, start: number): Promise<FolderDifferences> {
    const { baseline } = this.#comparison;
    const changes = [...this.changes];
    return this.#comparison.ask('rows', { baseline, folder, changes, start, limit: pageRows });
  }
}
