import { describe, expect, it } from 'vitest';
import type { LayerShare } from '#contract/domain/layer-forest.ts';
import { groupTableItems, listTableItems } from '../../../../../renderer/src/features/images/table-items.ts';
import { reclaimableBytes } from '../../../../../renderer/src/features/images/reclaimable-bytes.ts';
import { idOf, rowsOf } from './image-rows.ts';

const rows = rowsOf({ a: ['api:1.10'], b: ['api:1.9', 'web:1'], c: [], d: ['web:2'] });
const shares: Record<string, LayerShare> = {
  [idOf('a')]: { totalBytes: 10, sharedBytes: 8, uniqueBytes: 2 },
  [idOf('b')]: { totalBytes: 30, sharedBytes: 0, uniqueBytes: 30 },
  [idOf('c')]: { totalBytes: 20, sharedBytes: 5, uniqueBytes: 15 }
};
const shareOf = (id: string): LayerShare | null => shares[id] ?? null;

describe('reclaimableBytes', () => {
  it('is 0 for one name of several, and unknown before the layers are read', () => {
    expect(rows.map((row) => reclaimableBytes(row, shareOf(row.id)))).toEqual([2, 0, 0, 15, null]);
  });
});

describe('groupTableItems', () => {
  const texts = (collapsed: string[]): string[] =>
    groupTableItems(rows, new Set(collapsed)).map((item) =>
      item.kind === 'group' ? `[${item.repository ?? '-'} ${item.rows.length}]` : (item.row.repository ?? '-')
    );

  it('groups rows by repository, in the order of their first rows', () => {
    expect(texts([])).toEqual(['[api 2]', 'api', 'api', '[web 2]', 'web', 'web', '[- 1]', '-']);
    const keys = groupTableItems(rows, new Set()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('hides the rows of a collapsed group', () => {
    const [first] = groupTableItems(rows, new Set());
    expect(texts([first?.key ?? ''])).toEqual(['[api 2]', '[web 2]', 'web', 'web', '[- 1]', '-']);
    expect(listTableItems(rows)).toHaveLength(5);
  });
});
