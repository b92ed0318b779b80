import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import { chooseSort, findWidth, sortRows, type GridColumn } from '../../../../renderer/src/ui/grid-column.ts';

interface Release {
  tag: string;
  bytes: number | null;
}
const cell: GridColumn<Release>['cell'] = createRawSnippet(() => ({ render: () => '<i></i>' }));
const tag: GridColumn<Release> = {
  id: 'tag',
  label: 'Tag',
  width: '96px',
  sort: { first: 'ascending', sortValue: (row) => row.tag },
  cell
};
const bytes: GridColumn<Release> = {
  id: 'bytes',
  label: 'Bytes',
  width: ['100px', '80px', null],
  sort: { first: 'descending', sortValue: (row) => row.bytes ?? -1 },
  cell
};
const note: GridColumn<Release> = { id: 'note', label: 'Note', width: '1fr', cell };
const columns = [tag, bytes, note];
const rows: Release[] = [
  { tag: '1.10', bytes: null },
  { tag: '1.9', bytes: 30 },
  { tag: '2', bytes: 30 }
];
const sorted = (column: string, descending: boolean): string[] =>
  sortRows(rows, columns, { column, descending }).map((row) => row.tag);

describe('sortRows', () => {
  it('sorts digits in texts as numbers', () => {
    expect(sorted('tag', false)).toEqual(['1.9', '1.10', '2']);
    expect(sorted('tag', true)).toEqual(['2', '1.10', '1.9']);
  });

  it('keeps the order of equal rows, in both directions', () => {
    expect(sorted('bytes', true)).toEqual(['1.9', '2', '1.10']);
    expect(sorted('bytes', false)).toEqual(['1.10', '1.9', '2']);
  });

  it('keeps the given order if a column has no values', () => {
    expect(sorted('note', true)).toEqual(['1.10', '1.9', '2']);
  });
});

describe('chooseSort', () => {
  it('starts with the initial order of the column, then reverses', () => {
    expect(chooseSort(null, bytes)).toEqual({ column: 'bytes', descending: true });
    expect(chooseSort({ column: 'bytes', descending: true }, bytes)).toEqual({ column: 'bytes', descending: false });
    expect(chooseSort({ column: 'bytes', descending: true }, tag)).toEqual({ column: 'tag', descending: false });
  });
});

describe('findWidth', () => {
  it('hides a column if its grid is too narrow', () => {
    expect(findWidth(bytes, 'wide')).toBe('100px');
    expect(findWidth(bytes, 'narrow')).toBeNull();
    expect(findWidth(tag, 'narrow')).toBe('96px');
  });
});
