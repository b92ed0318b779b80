import { describe, expect, it } from 'vitest';
import { pathOfLine, readTreeKey } from '../../../../../../renderer/src/features/analysis/files/move-in-tree.ts';
import { treeOf, type FolderRows } from '../../../../../../renderer/src/features/analysis/files/open-tree.ts';
import { listLines } from '../../../../../../renderer/src/features/analysis/files/tree-lines.ts';
import { treeRow } from './fake-files.ts';

const folder = (...rows: FolderRows['rows']): FolderRows => ({
  rows,
  rowCount: rows.length,
  isLoading: false,
  error: null
});
const lines = listLines(
  treeOf(
    [
      [0, folder(treeRow(1, 'usr', { hasChildren: true }), treeRow(2, 'var', { hasChildren: true }))],
      [1, folder(treeRow(3, 'bin'), treeRow(4, 'lib'))]
    ],
    [1]
  )
);

describe('readTreeKey', () => {
  it('goes up and down, and stops at the ends', () => {
    expect(readTreeKey('ArrowDown', lines, 0, 10)).toEqual({ kind: 'go', to: 1 });
    expect(readTreeKey('ArrowUp', lines, 0, 10)).toEqual({ kind: 'go', to: 0 });
    expect(readTreeKey('PageDown', lines, 1, 10)).toEqual({ kind: 'go', to: 3 });
    expect(readTreeKey('End', lines, 0, 10)).toEqual({ kind: 'go', to: 3 });
    expect(readTreeKey('Home', lines, 3, 10)).toEqual({ kind: 'go', to: 0 });
  });

  it('opens with right, then goes in', () => {
    expect(readTreeKey('ArrowRight', lines, 3, 10)).toEqual({ kind: 'open', node: 2 });
    expect(readTreeKey('ArrowRight', lines, 0, 10)).toEqual({ kind: 'go', to: 1 });
    expect(readTreeKey('ArrowRight', lines, 1, 10)).toEqual({ kind: 'go', to: 1 });
  });

  it('closes with left, or goes to the folder around', () => {
    expect(readTreeKey('ArrowLeft', lines, 0, 10)).toEqual({ kind: 'close', node: 1 });
    expect(readTreeKey('ArrowLeft', lines, 2, 10)).toEqual({ kind: 'go', to: 0 });
    expect(readTreeKey('ArrowLeft', lines, 3, 10)).toEqual({ kind: 'go', to: 3 });
  });

  it('leaves other keys alone', () => {
    expect(readTreeKey('Tab', lines, 0, 10)).toBeNull();
  });
});

describe('pathOfLine', () => {
  it('joins the folders on the way', () => {
    expect(lines.map((line) => pathOfLine(lines, line))).toEqual(['/usr', '/usr/bin', '/usr/lib', '/var']);
  });
});
