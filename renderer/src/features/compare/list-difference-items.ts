import type { ComparedRow } from '#contract/schema/comparison.ts';
import type { LoadedDifferences } from './loaded-differences.ts';

interface ItemPosition {
  readonly key: string;
  /** The row's path; for a placeholder the directory's. */
  readonly path: string;
  readonly depth: number;
  /** The parent directory. */
  readonly parent: number;
}

/** One row of the table: a path, or a placeholder for rows of a directory that are not loaded. */
export type DifferenceItem =
  | (ItemPosition & { readonly kind: 'row'; readonly row: ComparedRow; readonly isOpen: boolean })
  | (ItemPosition & { readonly kind: 'more'; readonly left: number });

/** The rows from the root down, each expanded directory followed by its differences. */
export function listDifferenceItems({ folders, open }: LoadedDifferences): DifferenceItem[] {
  const items: DifferenceItem[] = [];
  const put = (parent: number, path: string, depth: number): void => {
    const folder = folders.get(parent);
    if (folder === undefined) return;
    for (const row of folder.rows) {
      const isOpen = row.isFolder && open.has(row.node);
      const rowPath = `${path}/${row.name}`;
      items.push({ kind: 'row', key: `row-${row.node}`, row, path: rowPath, depth, parent, isOpen });
      if (isOpen) put(row.node, rowPath, depth + 1);
    }
    const left = folder.rowCount - folder.rows.length;
    if (left > 0) items.push({ kind: 'more', key: `after-${parent}`, path, depth, parent, left });
  };
  put(0, '', 0);
  return items;
}
