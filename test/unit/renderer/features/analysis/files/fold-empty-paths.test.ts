import { describe, expect, test } from 'vitest';
import { foldEmptyPaths } from '../../../../../../renderer/src/features/analysis/files/fold-empty-paths.ts';

const sizes = (...bytes: number[]): { sizeBytes: number }[] => bytes.map((sizeBytes) => ({ sizeBytes }));

describe('the paths of 0 B', () => {
  test('are one row at the end, which counts also those that are not loaded', () => {
    expect(foldEmptyPaths(sizes(9, 5, 0, 0), 12, false)).toEqual([
      { kind: 'path', row: { sizeBytes: 9 } },
      { kind: 'path', row: { sizeBytes: 5 } },
      { kind: 'empty', count: 10, isOpen: false }
    ]);
  });

  test('follow that row when it is open', () => {
    const items = foldEmptyPaths(sizes(9, 0, 0), 3, true);
    expect(items.map(({ kind }) => kind)).toEqual(['path', 'empty', 'path', 'path']);
  });

  test('have no row if there are none', () => {
    expect(foldEmptyPaths(sizes(9), 20, false)).toEqual([{ kind: 'path', row: { sizeBytes: 9 } }]);
  });
});
