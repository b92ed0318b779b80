import type { AppErrorData } from '#contract/schema/error.ts';
import type { TreeRow } from '#contract/schema/analysis-overview.ts';
import type { LoadedTree } from './loaded-tree.ts';

interface ItemPosition {
  readonly key: string;
  /** The parent directory. */
  readonly parent: number;
  /** 0 for children of the root. */
  readonly depth: number;
}

/** One row of the table: a file or directory, or a placeholder for content that is not loaded. */
export type TreeItem =
  | (ItemPosition & {
      readonly kind: 'row';
      readonly row: TreeRow;
      /** 1-based position among its siblings. */
      readonly position: number;
      readonly siblingCount: number;
      readonly isOpen: boolean;
    })
  | (ItemPosition & { readonly kind: 'more'; readonly left: number; readonly isLoading: boolean })
  | (ItemPosition & { readonly kind: 'loading' })
  | (ItemPosition & { readonly kind: 'failed'; readonly error: AppErrorData });

export const keyOfNode = (node: number): string => `row-${node}`;
/** The key of the placeholder for a directory's missing rows. */
export const keyAfter = (folder: number): string => `after-${folder}`;

/** The rows of a tree from the root down, each expanded directory followed by its children. */
export function listTreeItems({ folders, open }: LoadedTree): TreeItem[] {
  const items: TreeItem[] = [];
  const put = (parent: number, depth: number): void => {
    const folder = folders.get(parent);
    if (folder === undefined) return;
    folder.rows.forEach((row, index) => {
      const isOpen = row.hasChildren && open.has(row.node);
      const placed = { key: keyOfNode(row.node), parent, depth };
      items.push({ kind: 'row', ...placed, row, position: index + 1, siblingCount: folder.rowCount, isOpen });
      if (isOpen) put(row.node, depth + 1);
    });
    const { rows, rowCount, isLoading, error } = folder;
    const after = { key: keyAfter(parent), parent, depth };
    if (error !== null) items.push({ kind: 'failed', ...after, error });
    else if (rows.length < rowCount) items.push({ kind: 'more', ...after, left: rowCount - rows.length, isLoading });
    else if (isLoading && rows.length === 0) items.push({ kind: 'loading', ...after });
  };
  put(0, 0);
  return items;
}
