import type { ShownChange } from '#contract/schema/comparison.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../../bridge/call.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';
import { listDifferenceItems, type DifferenceItem } from './list-difference-items.ts';
import {
  appendRows,
  collapseDifference,
  emptyDifferences,
  expandDifference,
  expandLargest,
  expandToPath,
  type FolderDifferences,
  type LoadedDifferences
} from './loaded-differences.ts';

/** Rows of a directory requested at once. */
const pageRows = 1000;

/** The differences between the images as a tree whose directories are loaded when they are expanded. */
export class DifferencesState {
  /** Only these changes are listed; all if empty. */
  changes = $state.raw<readonly ShownChange[]>([]);
  error = $state.raw<AppErrorData | null>(null);
  /** Key of the active row; null for none yet. */
  activeKey = $state<string | null>(null);
  #tree = $state.raw<LoadedDifferences>(emptyDifferences);

  readonly #comparison: ComparisonState;
  #generation = 0;

  constructor(comparison: ComparisonState) {
    this.#comparison = comparison;
  }

  readonly items = $derived.by((): DifferenceItem[] => listDifferenceItems(this.#tree));

  /** The root is loaded. */
  get isLoaded(): boolean {
    return this.#tree.folders.has(0);
  }

  /** Reloads from the root, as for another baseline or other changes. */
  async load(changes: readonly ShownChange[]): Promise<void> {
    this.#generation += 1;
    this.changes = changes;
    this.activeKey = null;
    await this.#change(() => expandLargest((folder) => this.#read(folder, 0)));
  }

  /** Opens or closes a folder, or reads the next rows of one. What fails is in `error`. */
  async toggle(item: DifferenceItem): Promise<void> {
    if (item.kind === 'more') {
      await this.#append(item.parent);
      return;
    }
    const { node, isFolder } = item.row;
    if (!isFolder) return;
    if (item.isOpen) {
      this.#tree = collapseDifference(this.#tree, node);
      return;
    }
    if (!this.#tree.folders.has(node)) await this.#append(node, (tree) => expandDifference(tree, node));
    else this.#tree = expandDifference(this.#tree, node);
  }

  /** Expands the parents of a path, as far as they are among the differences. */
  async reveal(path: string): Promise<void> {
    if (!this.isLoaded || this.items.some((item) => item.kind === 'row' && item.path === path)) return;
    await this.#change(() => expandToPath(this.#tree, path, (folder) => this.#read(folder, 0)));
  }

  /** Reads the next rows of a folder; what `then` changes holds only with them. */
  #append(folder: number, then = (tree: LoadedDifferences) => tree): Promise<void> {
    const start = this.#tree.folders.get(folder)?.rows.length ?? 0;
    return this.#change(async () => {
      const read = await this.#read(folder, start);
      const isNext = (this.#tree.folders.get(folder)?.rows.length ?? 0) === start;
      return then(isNext ? appendRows(this.#tree, folder, read) : this.#tree);
    });
  }

  /** Sets a requested tree, unless something else is displayed by then. */
  async #change(call: () => Promise<LoadedDifferences>): Promise<void> {
    const generation = this.#generation;
    try {
      const tree = await call();
      if (generation !== this.#generation) return;
      this.#tree = tree;
      this.error = null;
    } catch (cause) {
      if (generation === this.#generation) this.error = toErrorData(cause);
    }
  }

  #read(folder: number, start: number): Promise<FolderDifferences> {
    const { baseline } = this.#comparison;
    const changes = [...this.changes];
    return this.#comparison.call('rows', { baseline, folder, changes, start, limit: pageRows });
  }
}
