import type { ComparedRow } from '#contract/schema/comparison.ts';
import type { LoadedDifferences } from './loaded-differences.ts';

interface ItemPosition {
  readonly key: string;
  /** The row's own path; of what was not asked for, the folder's. */
  readonly path: string;
  readonly depth: number;
  /** The folder that it is in. */
  readonly parent: number;
}

/** One line of the table: a path, or what was not asked for yet of a folder. */
export type DifferenceItem =
  | (ItemPosition & { readonly kind: 'row'; readonly row: ComparedRow; readonly isOpen: boolean })
  | (ItemPosition & { readonly kind: 'more'; readonly left: number });

/** The lines from the root down, each open folder followed by what differs in it. */
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
