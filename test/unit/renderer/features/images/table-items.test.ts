import { describe, expect, it } from 'vitest';
import type { LayerShare } from '#contract/domain/layer-forest.ts';
import { groupTableItems, listTableItems } from '../../../../../renderer/src/features/images/table-items.ts';
import { moveActive } from '../../../../../renderer/src/ui/move-active.ts';
import { RowSelection } from '../../../../../renderer/src/features/images/row-selection.svelte.ts';
import {
  defaultImageSort,
  reclaimableBytes,
  sortImageRows,
  type SortColumn
} from '../../../../../renderer/src/features/images/sort-image-rows.ts';
import { idOf, rowsOf } from './image-rows.ts';

const rows = rowsOf({ a: ['api:1.10'], b: ['api:1.9', 'web:1'], c: [], d: ['web:2'] });
const shares: Record<string, LayerShare> = {
  [idOf('a')]: { totalBytes: 10, sharedBytes: 8, uniqueBytes: 2 },
  [idOf('b')]: { totalBytes: 30, sharedBytes: 0, uniqueBytes: 30 },
  [idOf('c')]: { totalBytes: 20, sharedBytes: 5, uniqueBytes: 15 }
};
const shareOf = (id: string): LayerShare | null => shares[id] ?? null;
const sorted = (column: SortColumn, descending = defaultImageSort(column).descending): string[] =>
  sortImageRows(rows, { column, descending }, shareOf).map(
    ({ repository, tag }) => `${repository ?? '-'}:${tag ?? '-'}`
  );

describe('sortImageRows', () => {
  it.each<[SortColumn, string[]]>([
    ['repository', ['-:-', 'api:1.10', 'api:1.9', 'web:1', 'web:2']],
    ['tag', ['-:-', 'web:1', 'api:1.9', 'api:1.10', 'web:2']],
    ['created', ['api:1.10', 'api:1.9', 'web:1', '-:-', 'web:2']],
    ['size', ['api:1.10', '-:-', 'api:1.9', 'web:1', 'web:2']],
    ['total', ['api:1.9', 'web:1', '-:-', 'api:1.10', 'web:2']],
    ['reclaims', ['-:-', 'api:1.10', 'api:1.9', 'web:1', 'web:2']]
  ])('sorts by %s', (column, expected) => {
    expect(sorted(column)).toEqual(expected);
  });

  it('turns round, and leaves alike rows as they were', () => {
    expect(sorted('repository', true)).toEqual(['web:1', 'web:2', 'api:1.10', 'api:1.9', '-:-']);
  });

  it('frees nothing by one name of several, and does not guess before the layers are read', () => {
    expect(rows.map((row) => reclaimableBytes(row, shareOf(row.id)))).toEqual([2, 0, 0, 15, null]);
  });
});

describe('groupTableItems', () => {
  const texts = (collapsed: string[]): string[] =>
    groupTableItems(rows, new Set(collapsed)).map((item) =>
      item.kind === 'group' ? `[${item.repository ?? '-'} ${item.rows.length}]` : (item.row.repository ?? '-')
    );

  it('puts rows under their repositories, in the order of their first rows', () => {
    expect(texts([])).toEqual(['[api 2]', 'api', 'api', '[web 2]', 'web', 'web', '[- 1]', '-']);
    const keys = groupTableItems(rows, new Set()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('hides the rows of a folded group', () => {
    const [first] = groupTableItems(rows, new Set());
    expect(texts([first?.key ?? ''])).toEqual(['[api 2]', '[web 2]', 'web', 'web', '[- 1]', '-']);
    expect(listTableItems(rows)).toHaveLength(5);
  });
});

describe('RowSelection', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const selected = (selection: RowSelection): string => [...selection.keys].sort().join('');

  it('extends from the last one that was toggled, both ways', () => {
    const selection = new RowSelection();
    selection.toggle('c');
    selection.extendTo('e', order);
    expect(selected(selection)).toBe('cde');
    selection.extendTo('b', order);
    expect(selected(selection)).toBe('bcde');
  });

  it('selects one where a range has no beginning that is shown', () => {
    const selection = new RowSelection();
    selection.extendTo('b', order);
    expect(selected(selection)).toBe('b');
    selection.extendTo('d', ['d', 'e']);
    expect(selected(selection)).toBe('bd');
  });

  it('selects all, and none where all are', () => {
    const selection = new RowSelection();
    selection.toggle('a');
    selection.toggleAll(['a', 'b']);
    expect(selected(selection)).toBe('ab');
    selection.toggleAll(['a', 'b']);
    expect(selected(selection)).toBe('');
  });
});

it('moves by keys within the list', () => {
  expect(moveActive('ArrowDown', 0, 3, 10)).toBe(1);
  expect(moveActive('ArrowUp', 0, 3, 10)).toBe(0);
  expect(moveActive('PageDown', 5, 100, 10)).toBe(15);
  expect(moveActive('End', 5, 100, 10)).toBe(99);
  expect(moveActive('x', 5, 100, 10)).toBeNull();
});
