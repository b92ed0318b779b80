import type { ComparedRow } from '#contract/schema/comparison.ts';

/** What is known of a folder's differences. */
export interface FolderDifferences {
  readonly rows: readonly ComparedRow[];
  /** All that differ in it; more than `rows` while not all were asked for. */
  readonly rowCount: number;
}

/** What is known of the folders, and which of them are open. Never changed: a change makes a new one. */
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

/** With these rows after those that are known of a folder. */
export function appendRows(
  { folders, open }: LoadedDifferences,
  node: number,
  { rows, rowCount }: FolderDifferences
): LoadedDifferences {
  const loaded = folders.get(node)?.rows ?? [];
  return { folders: new Map([...folders, [node, { rows: [...loaded, ...rows], rowCount }]]), open };
}

/** So deep the largest difference is laid open by itself. */
const openedDepth = 3;

/** Reads the root, and lays open the largest folder as long as it is most of what differs. */
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

/** Lays open the folders above a path, as far as they are among the rows that are read of each. */
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
