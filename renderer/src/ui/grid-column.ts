import type { Snippet } from 'svelte';
import { compareText } from '#contract/format/compare-text.ts';

/** A column of a DataGrid. The first one names the row. */
export interface GridColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** The full label if `label` is abbreviated. */
  readonly title?: string;
  /** Tooltip of the header. */
  readonly hint?: string;
  /** A track of a CSS grid, or one each for a wide, a medium and a narrow grid; null hides the column. */
  readonly width: string | readonly [wide: string, medium: string | null, narrow: string | null];
  readonly align?: 'end';
  readonly sort?: ColumnSort<Row>;
  /** Replaces the label in the header. */
  readonly header?: Snippet<[column: GridColumn<Row>]>;
  /** Renders a cell. */
  readonly cell: Snippet<[row: Row, column: GridColumn<Row>]>;
}

export interface ColumnSort<Row> {
  /** The initial sort order. */
  readonly first: 'ascending' | 'descending';
  /** The value that rows are sorted by; absent if the owner of the rows sorts them. */
  readonly sortValue?: (row: Row) => string | number;
}

export interface GridSort {
  /** Id of a column. */
  readonly column: string;
  readonly descending: boolean;
}

const sizes = { wide: 0, medium: 1, narrow: 2 } as const;

/** The width of a column in a grid of a size; null if it is hidden. */
export function findWidth({ width }: Pick<GridColumn<never>, 'width'>, size: keyof typeof sizes): string | null {
  return typeof width === 'string' ? width : width[sizes[size]];
}

/** The sort order after a click on a column: its initial order, or the reverse if it was already sorted by it. */
export function chooseSort<Row>(sort: GridSort | null, { id, sort: own }: GridColumn<Row>): GridSort {
  const descending = sort?.column === id ? !sort.descending : own?.first === 'descending';
  return { column: id, descending };
}

/** The rows sorted by a column; the sort is stable. */
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
