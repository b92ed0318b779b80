import { describe, expect, it } from 'vitest';
import { pathOfItem, readTreeKey } from '../../../../../../renderer/src/features/analysis/files/read-tree-key.ts';
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

describe('readTreeKey', () => {
  it('goes up and down, and stops at the ends', () => {
    expect(readTreeKey('ArrowDown', items, 0, 10)).toEqual({ kind: 'move', to: 1 });
    expect(readTreeKey('ArrowUp', items, 0, 10)).toEqual({ kind: 'move', to: 0 });
    expect(readTreeKey('PageDown', items, 1, 10)).toEqual({ kind: 'move', to: 3 });
    expect(readTreeKey('End', items, 0, 10)).toEqual({ kind: 'move', to: 3 });
    expect(readTreeKey('Home', items, 3, 10)).toEqual({ kind: 'move', to: 0 });
  });

  it('opens with right, then goes in', () => {
    expect(readTreeKey('ArrowRight', items, 3, 10)).toEqual({ kind: 'open', node: 2 });
    expect(readTreeKey('ArrowRight', items, 0, 10)).toEqual({ kind: 'move', to: 1 });
    expect(readTreeKey('ArrowRight', items, 1, 10)).toEqual({ kind: 'move', to: 1 });
  });

  it('closes with left, or goes to the folder around', () => {
    expect(readTreeKey('ArrowLeft', items, 0, 10)).toEqual({ kind: 'close', node: 1 });
    expect(readTreeKey('ArrowLeft', items, 2, 10)).toEqual({ kind: 'move', to: 0 });
    expect(readTreeKey('ArrowLeft', items, 3, 10)).toEqual({ kind: 'move', to: 3 });
  });

  it('leaves other keys alone', () => {
    expect(readTreeKey('Tab', items, 0, 10)).toBeNull();
  });
});

describe('pathOfItem', () => {
  it('joins the folders on the way', () => {
    expect(items.map((item) => pathOfItem(items, item))).toEqual(['/usr', '/usr/bin', '/usr/lib', '/var']);
  });
});
