import type { AppErrorData } from '#contract/schema/error.ts';
import type { TreeRow } from '#contract/schema/analysis-overview.ts';

/** What is known of a folder's content. */
export interface FolderRows {
  readonly rows: readonly TreeRow[];
  /** All that are in it; more than `rows` while not all were asked for. */
  readonly rowCount: number;
  readonly isLoading: boolean;
  readonly error: AppErrorData | null;
}

/** What is known of a tree's folders, and which of them are open. Never changed: a change makes a new one. */
export interface LoadedTree {
  readonly folders: ReadonlyMap<number, FolderRows>;
  readonly open: ReadonlySet<number>;
}

export const emptyTree: LoadedTree = { folders: new Map(), open: new Set() };

/** The tree with this folder open; its rows may still be missing. */
export function expandFolder({ folders, open }: LoadedTree, node: number): LoadedTree {
  return { folders, open: new Set([...open, node]) };
}

/** The tree with this folder closed; its rows stay, and so do open folders inside it. */
export function collapseFolder({ folders, open }: LoadedTree, node: number): LoadedTree {
  return { folders, open: new Set([...open].filter((each) => each !== node)) };
}

/** The tree with this as what is in a folder. */
export function setRows({ folders, open }: LoadedTree, node: number, rows: FolderRows): LoadedTree {
  return { folders: new Map([...folders, [node, rows]]), open };
}

/** A tree of these folders; those that are given as open stay so. */
export function createTree(folders: Iterable<readonly [number, FolderRows]>, open: Iterable<number>): LoadedTree {
  return { folders: new Map(folders), open: new Set(open) };
}
