import type { ChangeKind, MatchTotals, RowOrder, Rows } from '#contract/schema/analysis-overview.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../../../bridge/call.ts';
import { Listeners } from '../../../state/listeners.ts';
import type { AnalysisState, FileLocation } from '../analysis-state.svelte.ts';
import { InFlight } from './in-flight.ts';
import {
  collapseFolder,
  emptyTree,
  expandFolder,
  setRows,
  createTree,
  type FolderRows,
  type LoadedTree
} from './loaded-tree.ts';
import { isSameScope, listScopes, toTreeScope, imageScope, type ShownScope } from './shown-scope.ts';
import { keyAfter, keyOfNode, listTreeItems } from './tree-items.ts';

/** Rows of a directory requested at once. */
export const pageRows = 1000;
/** A search expands directories up to about this many rows. */
const maxSearchItems = 120;

/** The files of an image as a tree whose directories are loaded when they are expanded. */
export class FilesTreeState {
  scope = $state.raw<ShownScope>(imageScope);
  order = $state<RowOrder>('size');
  /** Only these changes are listed; all if empty. */
  changes = $state.raw<readonly ChangeKind[]>([]);
  /** The search results; null without a search. */
  matched = $state.raw<MatchTotals | null>(null);
  /** Key of the active row; null for none yet. */
  activeKey = $state<string | null>(null);
  /** The root was requested and has not arrived. */
  isLoading = $state(true);
  /** Why the root could not be loaded. */
  error = $state.raw<AppErrorData | null>(null);
  #tree = $state.raw<LoadedTree>(emptyTree);
  readonly items = $derived(listTreeItems(this.#tree));
  readonly isFiltered = $derived(this.changes.length > 0 || this.query !== '');

  readonly #analysis: Pick<AnalysisState, 'call' | 'overview'>;
  readonly #reloadListeners = new Listeners();
  #query = $state('');
  /** The directories that the user had expanded before a filter expanded others. */
  #openBeforeFilter: ReadonlySet<number> | null = null;
  /** Incremented when the tree is reloaded; answers to earlier requests are dropped. */
  #generation = 0;
  /** Directories being loaded: a second request would duplicate their rows. */
  readonly #inFlight = new InFlight<number>();

  constructor(analysis: Pick<AnalysisState, 'call' | 'overview'>) {
    this.#analysis = analysis;
  }

  /**
   * Calls `listener` when the rows are replaced: for another scope, order or filter. Returns the unsubscribe function.
   */
  onReload(listener: () => void): () => void {
    return this.#reloadListeners.add(listener);
  }

  get query(): string {
    return this.#query;
  }

  /** Discards every row and reloads the root, as for a newly analyzed image. */
  async restart(query: string): Promise<void> {
    this.#query = query.trim();
    this.#openBeforeFilter = null;
    this.#tree = emptyTree;
    this.activeKey = null;
    const layerCount = this.#analysis.overview?.layers.length ?? 0;
    if ((this.scope.layer ?? 0) >= layerCount) this.scope = imageScope;
    await this.reload();
  }

  async search(query: string): Promise<void> {
    if (query.trim() === this.#query) return;
    this.#query = query.trim();
    await this.reload();
  }

  async showScope(scope: ShownScope): Promise<void> {
    if (isSameScope(scope, this.scope)) return;
    this.scope = scope;
    await this.reload();
  }

  async sortBy(order: RowOrder): Promise<void> {
    if (order === this.order) return;
    this.order = order;
    await this.reload();
  }

  async filterChanges(changes: readonly ChangeKind[]): Promise<void> {
    this.changes = changes;
    await this.reload();
  }

  /** Expands a directory; its children follow. */
  async openFolder(node: number): Promise<void> {
    this.#tree = expandFolder(this.#tree, node);
    if (!this.#tree.folders.has(node)) await this.#load(node);
  }

  closeFolder(node: number): void {
    this.#tree = collapseFolder(this.#tree, node);
  }

  /** Requests the next rows of a directory, or retries failed ones; the first of them becomes the active row. */
  async showMore(folder: number): Promise<void> {
    const loaded = this.#tree.folders.get(folder)?.rows.length ?? 0;
    await this.#load(folder);
    const next = this.#tree.folders.get(folder)?.rows[loaded];
    if (next !== undefined && this.activeKey === keyAfter(folder)) this.activeKey = keyOfNode(next.node);
  }

  /** Expands the parents of a target and makes its row active; returns whether it exists. */
  async reveal(location: FileLocation): Promise<boolean> {
    if (location.node === 0) {
      await this.showScope(location.layer < 0 ? imageScope : { layer: location.layer, kind: 'layer' });
      return false;
    }
    const detail = await this.#analysis.call('path', { layer: location.layer, node: location.node });
    const nodePath = [...detail.ancestors, location.node];
    for (const scope of listScopes(location, detail, this.scope)) {
      await this.showScope(scope);
      if (await this.#expandPath(nodePath)) return true;
    }
    if (this.changes.length === 0) return false;
    await this.filterChanges([]);
    return this.#expandPath(nodePath);
  }

  /** Reloads the root and the expanded directories; the displayed rows stay until the new ones arrive. */
  async reload(): Promise<void> {
    const generation = ++this.#generation;
    this.#inFlight.clear();
    this.isLoading = true;
    this.error = null;
    if (this.isFiltered) this.#openBeforeFilter ??= this.#tree.open;
    try {
      const read = await (this.isFiltered ? this.#readMatches() : this.#readOpen());
      if (generation !== this.#generation) return;
      this.#tree = read;
      if (!this.isFiltered) this.#openBeforeFilter = null;
    } catch (cause) {
      if (generation !== this.#generation) return;
      this.#tree = emptyTree;
      this.error = toErrorData(cause);
    }
    if (this.items.every(({ key }) => key !== this.activeKey)) this.activeKey = null;
    this.isLoading = false;
    this.#reloadListeners.notify();
    for (const node of this.#tree.open) if (!this.#tree.folders.has(node)) void this.#load(node);
  }

  /** Reloads the directories expanded before a filter, and those expanded since. */
  async #readOpen(): Promise<LoadedTree> {
    const nodes = [0, ...(this.#openBeforeFilter ?? this.#tree.open)];
    const before = this.#tree.open;
    const answers = await Promise.all(
      nodes.map(async (node) => [node, toFolder(await this.#loadRows(node, 0))] as const)
    );
    const meanwhile = [...this.#tree.open].filter((node) => !before.has(node));
    return createTree(answers, [...nodes, ...meanwhile]);
  }

  /** Expands directories level by level, so that search results are visible. */
  async #readMatches(): Promise<LoadedTree> {
    const generation = this.#generation;
    const folders: [number, FolderRows][] = [];
    const queue = [0];
    let itemCount = 0;
    for (let node = queue.shift(); node !== undefined && generation === this.#generation; node = queue.shift()) {
      const answer = await this.#loadRows(node, 0);
      if (node !== 0 && itemCount + answer.rows.length > maxSearchItems) break;
      itemCount += answer.rows.length;
      folders.push([node, toFolder(answer)]);
      queue.push(...answer.rows.filter((row) => row.hasChildren).map((row) => row.node));
    }
    return createTree(
      folders,
      folders.map(([node]) => node)
    );
  }

  /** Expands each directory of a path, loading rows until the next segment is found. */
  async #expandPath(nodePath: readonly number[]): Promise<boolean> {
    const generation = this.#generation;
    for (const [step, node] of nodePath.slice(0, -1).entries()) {
      if (node !== 0) await this.openFolder(node);
      const next = nodePath[step + 1];
      while (this.#tree.folders.get(node)?.rows.some((row) => row.node === next) !== true) {
        const loaded = this.#tree.folders.get(node);
        if (generation !== this.#generation || (loaded && loaded.rows.length >= loaded.rowCount && !loaded.isLoading))
          return false;
        await this.#load(node);
        if (this.#tree.folders.get(node)?.rows.length === loaded?.rows.length) return false;
      }
    }
    this.activeKey = keyOfNode(nodePath.at(-1) ?? 0);
    return true;
  }

  #load(folder: number): Promise<void> {
    return this.#inFlight.run(folder, () => this.#readPage(folder));
  }

  async #readPage(folder: number): Promise<void> {
    const generation = this.#generation;
    const loaded = this.#tree.folders.get(folder) ?? { rows: [], rowCount: 0, isLoading: true, error: null };
    const put = (rows: FolderRows): void => {
      if (generation === this.#generation) this.#tree = setRows(this.#tree, folder, rows);
    };
    put({ ...loaded, isLoading: true, error: null });
    try {
      const answer = await this.#loadRows(folder, loaded.rows.length);
      put({ ...toFolder(answer), rows: [...loaded.rows, ...answer.rows] });
    } catch (cause) {
      put({ ...loaded, isLoading: false, error: toErrorData(cause) });
    }
  }

  async #loadRows(folder: number, start: number): Promise<Rows> {
    const generation = this.#generation;
    const layerCount = this.#analysis.overview?.layers.length ?? 1;
    const answer = await this.#analysis.call('rows', {
      scope: toTreeScope(this.scope, layerCount),
      folder,
      order: this.order,
      changes: [...this.changes],
      query: this.#query === '' ? null : this.#query,
      start,
      limit: pageRows
    });
    if (generation === this.#generation) this.matched = answer.matched;
    return answer;
  }
}

function toFolder({ rows, rowCount }: Rows): FolderRows {
  return { rows, rowCount, isLoading: false, error: null };
}
