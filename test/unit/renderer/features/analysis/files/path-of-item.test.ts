import { describe, expect, it } from 'vitest';
import { pathOfItem } from '../../../../../../renderer/src/features/analysis/files/path-of-item.ts';
import { createTree, type FolderRows } from '../../../../../../renderer/src/features/analysis/files/loaded-tree.ts';
import { listTreeItems } from '../../../../../../renderer/src/features/analysis/files/tree-items.ts';
import { treeRow } from './fake-files.ts';

const folder = (...rows: FolderRows['rows']): FolderRows => ({
  rows,
  rowCount: rows.length,
  isLoading: false,
  error: null
});
const items = listTreeItems(
  createTree(
    [
      [0, folder(treeRow(1, 'usr', { hasChildren: true }), treeRow(2, 'var', { hasChildren: true }))],
      [1, folder(treeRow(3, 'bin'), treeRow(4, 'lib'))]
    ],
    [1]
  )
);

describe('pathOfItem', () => {
  it('joins the parent directories', () => {
    expect(items.map((item) => pathOfItem(items, item))).toEqual(['/usr', '/usr/bin', '/usr/lib', '/var']);
  });
});
