import type { Snippet } from 'svelte';
import { compareText } from '#contract/format/compare-text.ts';

/** A column of a DataGrid. The first one names the row. */
export interface GridColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** The label in full where `label` is shortened. */
  readonly title?: string;
  /** Shown while the pointer rests on the header. */
  readonly hint?: string;
  /** A track of a CSS grid, or one for a wide, a medium and a narrow grid; null hides the column there. */
  readonly width: string | readonly [wide: string, medium: string | null, narrow: string | null];
  readonly align?: 'end';
  readonly sort?: ColumnSort<Row>;
  /** What the header shows in place of the label. */
  readonly header?: Snippet<[column: GridColumn<Row>]>;
  /** What a cell shows. */
  readonly cell: Snippet<[row: Row, column: GridColumn<Row>]>;
}

export interface ColumnSort<Row> {
  /** The order when the column is chosen. */
  readonly first: 'ascending' | 'descending';
  /** What rows are compared by; left out where the owner of the rows sorts them. */
  readonly sortValue?: (row: Row) => string | number;
}

export interface GridSort {
  /** Id of a column. */
  readonly column: string;
  readonly descending: boolean;
}

const sizes = { wide: 0, medium: 1, narrow: 2 } as const;

/** The width of a column in a grid of a size; null where it is hidden. */
export function findWidth({ width }: Pick<GridColumn<never>, 'width'>, size: keyof typeof sizes): string | null {
  return typeof width === 'string' ? width : width[sizes[size]];
}

/** The sort order after a column was chosen: its own first order, or the reverse where it was sorted by it already. */
export function chooseSort<Row>(sort: GridSort | null, { id, sort: own }: GridColumn<Row>): GridSort {
  const descending = sort?.column === id ? !sort.descending : own?.first === 'descending';
  return { column: id, descending };
}

/** The rows in the order of a column; rows that are equal in it keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  { column, descending }: GridSort
): readonly Row[] {
  const sortValue = columns.find(({ id }) => id === column)?.sort?.sortValue;
  if (sortValue === undefined) return rows;
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortValue(row) }))
    .sort((a, b) => sign * compareValues(a.value, b.value))
    .map(({ row }) => row);
}

function compareValues(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}
