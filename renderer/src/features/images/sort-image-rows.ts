import type { LayerShare } from '#contract/domain/layer-forest.ts';
import { compareText } from '#contract/format/compare-text.ts';
import type { ImageRow } from './list-image-rows.ts';

export type SortColumn = 'repository' | 'tag' | 'id' | 'created' | 'size' | 'total' | 'reclaims';

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

type ShareOf = (imageId: string) => LayerShare | null;

/** What comes first when a column is chosen: names from A on, times and sizes from the greatest. */
export function defaultImageSort(column: SortColumn): Sort {
  return { column, descending: !['repository', 'tag', 'id'].includes(column) };
}

/** What removing one row frees: nothing while the image has other names; null while it is not known. */
export function reclaimableBytes(row: ImageRow, share: LayerShare | null): number | null {
  return row.otherNames > 0 ? 0 : (share?.uniqueBytes ?? null);
}

/** The rows in a column's order; rows that are alike in it stay as they were. "Size" is by what is shared. */
export function sortImageRows(rows: readonly ImageRow[], { column, descending }: Sort, shareOf: ShareOf): ImageRow[] {
  const value = valueOf(column, shareOf);
  const valued = rows.map((row, index) => ({ row, index, value: value(row) }));
  const sign = descending ? -1 : 1;
  valued.sort((a, b) => sign * compare(a.value, b.value) || a.index - b.index);
  return valued.map(({ row }) => row);
}

function valueOf(column: SortColumn, shareOf: ShareOf): (row: ImageRow) => string | number {
  switch (column) {
    case 'repository':
      return (row) => row.repository ?? '';
    case 'tag':
      return (row) => row.tag ?? '';
    case 'id':
      return (row) => row.shortId;
    case 'created':
      return (row) => row.createdAt;
    case 'size':
      return (row) => shareOf(row.id)?.sharedBytes ?? -1;
    case 'total':
      return (row) => shareOf(row.id)?.totalBytes ?? row.sizeBytes;
    case 'reclaims':
      return (row) => reclaimableBytes(row, shareOf(row.id)) ?? -1;
  }
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}
