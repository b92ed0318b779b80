import { describe, expect, test } from 'vitest';
import type { ComparedRow } from '#contract/schema/comparison.ts';
import { listDifferenceItems } from '../../../../../renderer/src/features/compare/list-difference-items.ts';
import {
  appendRows,
  collapseDifference,
  expandLargest
} from '../../../../../renderer/src/features/compare/loaded-differences.ts';

const row = (node: number, name: string, differenceBytes: number, isFolder = true): ComparedRow => ({
  node,
  name,
  isFolder,
  sizes: [differenceBytes, null],
  changes: ['same', 'removed'],
  differenceBytes,
  changedCount: 1
});
const contents: Record<number, ComparedRow[]> = {
  0: [row(1, 'usr', 90), row(2, 'etc', 10)],
  1: [row(3, 'lib', 60), row(4, 'bin', 30)],
  3: [row(5, 'one', 20, false), row(6, 'two', 20, false), row(7, 'three', 20, false)]
};
const read = (folder: number): Promise<{ rows: ComparedRow[]; rowCount: number }> =>
  Promise.resolve({ rows: contents[folder] ?? [], rowCount: contents[folder]?.length ?? 0 });

describe('the tree of differences', () => {
  test('is expanded where most of the difference is', async () => {
    const tree = await expandLargest(read);
    expect(listDifferenceItems(tree).map(({ path }) => path)).toEqual([
      '/usr',
      '/usr/lib',
      '/usr/lib/one',
      '/usr/lib/two',
      '/usr/lib/three',
      '/usr/bin',
      '/etc'
    ]);
    expect(listDifferenceItems(collapseDifference(tree, 1)).map(({ path }) => path)).toEqual(['/usr', '/etc']);
  });

  test('has a placeholder for rows that are not loaded, and appends them', async () => {
    const tree = await expandLargest(() => Promise.resolve({ rows: [row(2, 'etc', 1, false)], rowCount: 2 }));
    expect(listDifferenceItems(tree).at(-1)).toMatchObject({ kind: 'more', left: 1, parent: 0 });
    const merged = appendRows(tree, 0, { rows: [row(8, 'var', 1, false)], rowCount: 2 });
    expect(listDifferenceItems(merged).map(({ path }) => path)).toEqual(['/etc', '/var']);
  });
});
