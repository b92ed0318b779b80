import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNeighbour, type Direction } from '../../../../renderer/src/layers/find-neighbour.ts';
import { layOutTreemap, type Box } from '../../../../renderer/src/layers/lay-out-treemap.ts';
import { toLayerCells } from '../../../../renderer/src/layers/layer-cells.ts';
import { historyRow } from './history-row.ts';

const node = (key: string, x: number, y: number, width: number, height: number): { key: string; box: Box } => ({
  key,
  box: { x, y, width, height }
});

const left = node('left', 0, 0, 50, 100);
const top = node('top', 50, 0, 50, 30);
const middle = node('middle', 50, 30, 50, 40);
const bottom = node('bottom', 50, 70, 50, 30);
const nodes = [bottom, left, top, middle];

test('goes to the cell beside the middle of where it stands', () => {
  expect(findNeighbour(nodes, left, 'right')).toBe(middle);
  expect(findNeighbour(nodes, middle, 'left')).toBe(left);
  expect(findNeighbour(nodes, middle, 'up')).toBe(top);
  expect(findNeighbour(nodes, middle, 'down')).toBe(bottom);
});

test('goes nowhere beyond the border', () => {
  expect(findNeighbour(nodes, left, 'left')).toBeNull();
  expect(findNeighbour(nodes, top, 'up')).toBeNull();
});

test('reaches every cell of any treemap by arrows alone', () => {
  const directions: Direction[] = ['left', 'right', 'up', 'down'];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      const cells = toLayerCells({ history: sizes.map((sizeBytes) => historyRow({ sizeBytes })) });
      const placed = layOutTreemap(cells, { width: 4000, height: 3000 }, null);
      const seen = new Set(placed.slice(0, 1));
      for (const from of seen) {
        for (const direction of directions) {
          const next = findNeighbour(placed, from, direction);
          if (next !== null) seen.add(next);
        }
      }
      expect(seen.size).toBe(placed.length);
    })
  );
});
