import type { ComparedRow } from '#contract/schema/comparison.ts';

/** The loaded differences of a directory. */
export interface FolderDifferences {
  readonly rows: readonly ComparedRow[];
  /** Total number of differences; more than `rows` while they are not all loaded. */
  readonly rowCount: number;
}

/** The loaded directories, and which are expanded. Immutable: a change creates a new one. */
export interface LoadedDifferences {
  readonly folders: ReadonlyMap<number, FolderDifferences>;
  readonly open: ReadonlySet<number>;
}

export const emptyDifferences: LoadedDifferences = { folders: new Map(), open: new Set() };

/** The tree with this folder open; its rows may still be missing. */
export function expandDifference({ folders, open }: LoadedDifferences, node: number): LoadedDifferences {
  return { folders, open: new Set([...open, node]) };
}

/** The tree with this folder closed; its rows stay, and so do open folders inside it. */
export function collapseDifference({ folders, open }: LoadedDifferences, node: number): LoadedDifferences {
  return { folders, open: new Set([...open].filter((each) => each !== node)) };
}

/** With these rows appended to the loaded ones of a directory. */
export function appendRows(
  { folders, open }: LoadedDifferences,
  node: number,
  { rows, rowCount }: FolderDifferences
): LoadedDifferences {
  const loaded = folders.get(node)?.rows ?? [];
  return { folders: new Map([...folders, [node, { rows: [...loaded, ...rows], rowCount }]]), open };
}

/** Max levels that are expanded automatically. */
const openedDepth = 3;

/** Loads the root, and expands the largest directory as long as it has most of the differences. */
export async function expandLargest(read: (folder: number) => Promise<FolderDifferences>): Promise<LoadedDifferences> {
  let tree = appendRows(emptyDifferences, 0, await read(0));
  let folder = 0;
  for (let depth = 0; depth < openedDepth; depth++) {
    const [first, ...others] = tree.folders.get(folder)?.rows ?? [];
    const rest = others.reduce((sum, { differenceBytes }) => sum + differenceBytes, 0);
    if (first?.isFolder !== true || first.differenceBytes < rest) break;
    folder = first.node;
    tree = expandDifference(appendRows(tree, folder, await read(folder)), folder);
  }
  return tree;
}

/** Expands the parents of a path, as far as they are among the loaded rows. */
export async function expandToPath(
  tree: LoadedDifferences,
  path: string,
  read: (folder: number) => Promise<FolderDifferences>
): Promise<LoadedDifferences> {
  let opened = tree;
  let folder = 0;
  for (const name of path.split('/').filter((segment) => segment !== '')) {
    if (!opened.folders.has(folder)) opened = appendRows(opened, folder, await read(folder));
    if (folder !== 0) opened = expandDifference(opened, folder);
    const row = opened.folders.get(folder)?.rows.find((each) => each.name === name);
    if (row === undefined) break;
    folder = row.node;
  }
  return opened;
}
