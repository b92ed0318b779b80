import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutTreemap } from '#contract/treemap/layout-treemap.ts';
import { boxAt, type Box } from '../../../../../renderer/src/features/treemap/box.ts';
import { findNeighbor, type Direction } from '../../../../../renderer/src/features/treemap/find-neighbor.ts';
import { listHistoryCells, imageFocus } from '../../../../../renderer/src/features/treemap/list-history-cells.ts';
import { historyRow } from '../analysis/history-row.ts';

const node = (key: string, x: number, y: number, width: number, height: number): { key: string; box: Box } => ({
  key,
  box: { x, y, width, height }
});

const left = node('left', 0, 0, 50, 100);
const top = node('top', 50, 0, 50, 30);
const middle = node('middle', 50, 30, 50, 40);
const bottom = node('bottom', 50, 70, 50, 30);
const nodes = [bottom, left, top, middle];

test('moves to the cell closest to the middle of the current one', () => {
  expect(findNeighbor(nodes, left, 'right')).toBe(middle);
  expect(findNeighbor(nodes, middle, 'left')).toBe(left);
  expect(findNeighbor(nodes, middle, 'up')).toBe(top);
  expect(findNeighbor(nodes, middle, 'down')).toBe(bottom);
});

test('stays at the border', () => {
  expect(findNeighbor(nodes, left, 'left')).toBeNull();
  expect(findNeighbor(nodes, top, 'up')).toBeNull();
});

test('reaches every cell of any treemap by arrow keys alone', () => {
  const directions: Direction[] = ['left', 'right', 'up', 'down'];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      const history = sizes.map((sizeBytes, layerIndex) => historyRow({ sizeBytes, layerIndex }));
      const cells = listHistoryCells({ history }, imageFocus);
      const layout = layoutTreemap(cells, { width: 4000, height: 3000 });
      const placed = sizes.map((_, index) => ({ key: String(index), box: boxAt(layout, index + 1) }));
      const seen = new Set(placed.slice(0, 1));
      for (const from of seen) {
        for (const direction of directions) {
          const next = findNeighbor(placed, from, direction);
          if (next !== null) seen.add(next);
        }
      }
      expect(seen.size).toBe(placed.length);
    })
  );
});
