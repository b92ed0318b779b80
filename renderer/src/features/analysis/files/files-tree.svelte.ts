import type { ChangeKind, MatchTotals, RowOrder, Rows } from '#contract/schema/image-files.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../../../bridge/bridge.ts';
import type { AnalysisState, FilePlace } from '../analysis-state.svelte.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { closeIn, emptyTree, openIn, putRows, treeOf, type FolderRows, type OpenTree } from './open-tree.ts';
import { isSameScope, scopesFor, toTreeScope, wholeImage, type ShownScope } from './shown-scope.ts';
import { keyAfter, keyOfNode, listLines } from './tree-lines.ts';

/** Rows of a folder that are asked for at once. */
export const pageRows = 1000;
/** A search opens folders until about so many lines are shown. */
const searchLines = 120;

/** The files of an image as a tree whose folders are asked for when they are opened. */
export class FilesTreeState {
  scope = $state.raw<ShownScope>(wholeImage);
  order = $state<RowOrder>('size');
  /** Only these changes are shown; all when empty. */
  changes = $state.raw<readonly ChangeKind[]>([]);
  /** What the search found; null without one. */
  matched = $state.raw<MatchTotals | null>(null);
  /** Key of the line that the keys move from; null for none yet. */
  activeKey = $state<string | null>(null);
  /** The root was asked for and has not come. */
  isLoading = $state(true);
  /** Why the root is not there. */
  error = $state.raw<AppErrorData | null>(null);
  /** Rises when other rows than before are shown from the top: another scope, order or filter. */
  readCount = $state(0);
  #tree = $state.raw<OpenTree>(emptyTree);
  readonly lines = $derived(listLines(this.#tree));
  readonly isFiltered = $derived(this.changes.length > 0 || this.query !== '');

  readonly #analysis: Pick<AnalysisState, 'ask' | 'overview'>;
  #query = $state('');
  /** What the user had opened before a filter opened what it found. */
  #openBefore: ReadonlySet<number> | null = null;
  /** Rises with each reading of the tree; an answer to an earlier one is dropped. */
  #turn = 0;
  /** Folders that are being read: asking twice would bring their rows twice. */
  readonly #loads = new OneAtATime<number>();

  constructor(analysis: Pick<AnalysisState, 'ask' | 'overview'>) {
    this.#analysis = analysis;
  }

  get query(): string {
    return this.#query;
  }

  /** Forgets every row and reads the root, as for an image that was read anew. */
  async restart(query: string): Promise<void> {
    this.#query = query.trim();
    this.#openBefore = null;
    this.#tree = emptyTree;
    this.activeKey = null;
    const layerCount = this.#analysis.overview?.layers.length ?? 0;
    if ((this.scope.layer ?? 0) >= layerCount) this.scope = wholeImage;
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

  /** Opens a folder; what is in it follows. */
  async openFolder(node: number): Promise<void> {
    this.#tree = openIn(this.#tree, node);
    if (!this.#tree.folders.has(node)) await this.#load(node);
  }

  closeFolder(node: number): void {
    this.#tree = closeIn(this.#tree, node);
  }

  /** Asks for the next rows of a folder, or for those that failed; the first of them becomes the active line. */
  async showMore(folder: number): Promise<void> {
    const known = this.#tree.folders.get(folder)?.rows.length ?? 0;
    await this.#load(folder);
    const next = this.#tree.folders.get(folder)?.rows[known];
    if (next !== undefined && this.activeKey === keyAfter(folder)) this.activeKey = keyOfNode(next.node);
  }

  /** Opens the way to a place and makes its line the active one; says whether it is there. */
  async reveal(place: FilePlace): Promise<boolean> {
    if (place.node === 0) {
      await this.showScope(place.layer < 0 ? wholeImage : { layer: place.layer, kind: 'layer' });
      return false;
    }
    const detail = await this.#analysis.ask('path', { layer: place.layer, node: place.node });
    const way = [...detail.ancestors, place.node];
    for (const scope of scopesFor(place, detail, this.scope)) {
      await this.showScope(scope);
      if (await this.#walk(way)) return true;
    }
    if (this.changes.length === 0) return false;
    await this.filterChanges([]);
    return this.#walk(way);
  }

  /** Reads the root and the open folders again; what is shown stays until they are there. */
  async reload(): Promise<void> {
    const turn = ++this.#turn;
    this.#loads.forget();
    this.isLoading = true;
    this.error = null;
    if (this.isFiltered) this.#openBefore ??= this.#tree.open;
    try {
      const read = await (this.isFiltered ? this.#readFound() : this.#readOpen());
      if (turn !== this.#turn) return;
      this.#tree = read;
      if (!this.isFiltered) this.#openBefore = null;
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.#tree = emptyTree;
      this.error = toErrorData(cause);
    }
    this.isLoading = false;
    this.readCount += 1;
    for (const node of this.#tree.open) if (!this.#tree.folders.has(node)) void this.#load(node);
  }

  /** Reads the folders that were open before a filter, and those that were opened meanwhile. */
  async #readOpen(): Promise<OpenTree> {
    const nodes = [0, ...(this.#openBefore ?? this.#tree.open)];
    const before = this.#tree.open;
    const answers = await Promise.all(nodes.map(async (node) => [node, toFolder(await this.#ask(node, 0))] as const));
    const meanwhile = [...this.#tree.open].filter((node) => !before.has(node));
    return treeOf(answers, [...nodes, ...meanwhile]);
  }

  /** Opens folders level by level, so that something of what was found is seen. */
  async #readFound(): Promise<OpenTree> {
    const turn = this.#turn;
    const folders: [number, FolderRows][] = [];
    const queue = [0];
    let lineCount = 0;
    for (let node = queue.shift(); node !== undefined && turn === this.#turn; node = queue.shift()) {
      const answer = await this.#ask(node, 0);
      if (node !== 0 && lineCount + answer.rows.length > searchLines) break;
      lineCount += answer.rows.length;
      folders.push([node, toFolder(answer)]);
      queue.push(...answer.rows.filter((row) => row.hasChildren).map((row) => row.node));
    }
    return treeOf(
      folders,
      folders.map(([node]) => node)
    );
  }

  /** Opens each folder of a way and reads on until the next step is there. */
  async #walk(way: readonly number[]): Promise<boolean> {
    const turn = this.#turn;
    for (const [step, node] of way.slice(0, -1).entries()) {
      if (node !== 0) await this.openFolder(node);
      const next = way[step + 1];
      while (this.#tree.folders.get(node)?.rows.some((row) => row.node === next) !== true) {
        const known = this.#tree.folders.get(node);
        if (turn !== this.#turn || (known && known.rows.length >= known.rowCount && !known.isLoading)) return false;
        await this.#load(node);
        if (this.#tree.folders.get(node)?.rows.length === known?.rows.length) return false;
      }
    }
    this.activeKey = keyOfNode(way.at(-1) ?? 0);
    return true;
  }

  #load(folder: number): Promise<void> {
    return this.#loads.run(folder, () => this.#readPage(folder));
  }

  async #readPage(folder: number): Promise<void> {
    const turn = this.#turn;
    const known = this.#tree.folders.get(folder) ?? { rows: [], rowCount: 0, isLoading: true, error: null };
    const put = (rows: FolderRows): void => {
      if (turn === this.#turn) this.#tree = putRows(this.#tree, folder, rows);
    };
    put({ ...known, isLoading: true, error: null });
    try {
      const answer = await this.#ask(folder, known.rows.length);
      put({ ...toFolder(answer), rows: [...known.rows, ...answer.rows] });
    } catch (cause) {
      put({ ...known, isLoading: false, error: toErrorData(cause) });
    }
  }

  async #ask(folder: number, start: number): Promise<Rows> {
    const turn = this.#turn;
    const layerCount = this.#analysis.overview?.layers.length ?? 1;
    const answer = await this.#analysis.ask('rows', {
      scope: toTreeScope(this.scope, layerCount),
      folder,
      order: this.order,
      changes: [...this.changes],
      query: this.#query === '' ? null : this.#query,
      start,
      limit: pageRows
    });
    if (turn === this.#turn) this.matched = answer.matched;
    return answer;
  }
}

function toFolder({ rows, rowCount }: Rows): FolderRows {
  return { rows, rowCount, isLoading: false, error: null };
}
