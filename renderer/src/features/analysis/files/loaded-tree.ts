import type { AppErrorData } from '#contract/schema/error.ts';
import type { TreeRow } from '#contract/schema/analysis-overview.ts';

/** The loaded part of a directory's content. */
export interface FolderRows {
  readonly rows: readonly TreeRow[];
  /** Total number of children; more than `rows` while they are not all loaded. */
  readonly rowCount: number;
  readonly isLoading: boolean;
  readonly error: AppErrorData | null;
}

/** The loaded directories of a tree, and which are expanded. Immutable: a change creates a new one. */
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

/** The tree with a directory's content replaced. */
export function setRows({ folders, open }: LoadedTree, node: number, rows: FolderRows): LoadedTree {
  return { folders: new Map([...folders, [node, rows]]), open };
}

/** A tree of these directories; those given as expanded stay expanded. */
export function createTree(folders: Iterable<readonly [number, FolderRows]>, open: Iterable<number>): LoadedTree {
  return { folders: new Map(folders), open: new Set(open) };
}
