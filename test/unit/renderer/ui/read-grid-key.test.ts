import { describe, expect, it } from 'vitest';
import { readGridKey, type GridKeyAction } from '../../../../renderer/src/ui/read-grid-key.ts';

const inList = (key: string, active: number, count = 100): GridKeyAction | null =>
  readGridKey(key, { active, count, pageRows: 10, tree: null });
const to = (index: number): GridKeyAction => ({ kind: 'move', to: index });

describe('readGridKey', () => {
  it('moves up and down by rows and pages, and stops at the ends', () => {
    expect(inList('ArrowDown', 0)).toEqual(to(1));
    expect(inList('ArrowUp', 5)).toEqual(to(4));
    expect(inList('ArrowUp', 0)).toEqual(to(0));
    expect(inList('ArrowDown', 2, 3)).toEqual(to(2));
    expect(inList('PageDown', 5)).toEqual(to(15));
    expect(inList('PageDown', 95)).toEqual(to(99));
    expect(inList('PageUp', 5)).toEqual(to(0));
    expect(inList('Home', 50)).toEqual(to(0));
    expect(inList('End', 5)).toEqual(to(99));
  });

  it('moves by one row if none is fully visible', () => {
    expect(readGridKey('PageDown', { active: 3, count: 10, pageRows: 0, tree: null })).toEqual(to(4));
  });

  it('ignores other keys, and left and right outside of trees', () => {
    expect(inList('x', 5)).toBeNull();
    expect(inList('Tab', 5)).toBeNull();
    expect(inList('ArrowRight', 5)).toBeNull();
    expect(inList('ArrowLeft', 5)).toBeNull();
  });
});

describe('readGridKey in a tree', () => {
  // usr (open): bin, lib (open, empty); var (closed)
  const rows: [level: number, isOpen: boolean | null][] = [
    [1, true],
    [2, null],
    [2, true],
    [1, false]
  ];
  const inTree = (key: string, active: number): GridKeyAction | null =>
    readGridKey(key, {
      active,
      count: rows.length,
      pageRows: 10,
      tree: { levelAt: (index) => rows[index]?.[0] ?? 0, isOpenAt: (index) => rows[index]?.[1] ?? null }
    });

  it('expands with right, then moves to the first child', () => {
    expect(inTree('ArrowRight', 3)).toEqual({ kind: 'toggle' });
    expect(inTree('ArrowRight', 0)).toEqual(to(1));
  });

  it('stays with right if there is no child', () => {
    expect(inTree('ArrowRight', 1)).toEqual(to(1));
    expect(inTree('ArrowRight', 2)).toEqual(to(2));
  });

  it('collapses with left, or moves to the parent', () => {
    expect(inTree('ArrowLeft', 0)).toEqual({ kind: 'toggle' });
    expect(inTree('ArrowLeft', 1)).toEqual(to(0));
    expect(inTree('ArrowLeft', 3)).toEqual(to(3));
  });

  it('checks only the rows between a row and its parent', () => {
    const count = 210_000;
    let reads = 0;
    const levelAt = (index: number): number => {
      reads += 1;
      return index === count - 3 ? 1 : 2;
    };
    const position = { active: count - 1, count, pageRows: 10, tree: { levelAt, isOpenAt: () => null } };
    expect(readGridKey('ArrowLeft', position)).toEqual(to(count - 3));
    expect(readGridKey('PageUp', position)).toEqual(to(count - 11));
    expect(reads).toBeLessThan(5);
  });
});
