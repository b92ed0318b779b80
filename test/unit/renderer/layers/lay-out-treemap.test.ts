import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toLayerCells, type LayerCells } from '../../../../renderer/src/layers/layer-cells.ts';
import { layOutTreemap, type Box, type TreemapNode } from '../../../../renderer/src/layers/lay-out-treemap.ts';
import { historyRow } from './history-row.ts';

const room = { width: 700, height: 400 };

function cellsOf(own: readonly number[], base: readonly number[]): LayerCells {
  return toLayerCells({
    history: [
      ...base.map((sizeBytes) => historyRow({ origin: 'base', sizeBytes })),
      ...own.map((sizeBytes) => historyRow({ origin: 'run', sizeBytes }))
    ]
  });
}

const area = ({ width, height }: Box): number => width * height;
const bytesOf = (node: TreemapNode): number => (node.kind === 'base' ? node.sizeBytes : node.cell.sizeBytes);
const firstLevel = (nodes: readonly TreemapNode[]): TreemapNode[] => nodes.filter((node) => node.level === 1);

describe('a treemap of layers', () => {
  test('gives each layer and the base as a whole the area of its bytes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 2_000_000_000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(sizes, sizes, (own, base) => {
        const nodes = firstLevel(layOutTreemap(cellsOf(own, base), room, null));
        const all = [...own, ...base].reduce((sum, size) => sum + size, 0);
        for (const node of nodes) {
          expect(area(node.box) / area({ x: 0, y: 0, ...room })).toBeCloseTo(bytesOf(node) / all, 6);
        }
      })
    );
  });

  test('stays inside its room, and the base layers inside their base', () => {
    const nodes = layOutTreemap(cellsOf([300, 20, 5], [60, 50, 40]), room, null);
    const base = nodes.find((node) => node.kind === 'base');
    const inside = nodes.filter((node) => node.level === 2);
    expect(inside).toHaveLength(3);
    for (const { box } of nodes) expectInside(box, { x: 0, y: 0, ...room });
    for (const { box } of inside) expectInside(box, base?.box ?? { x: 0, y: 0, width: 0, height: 0 });
  });

  test('draws a base of one layer as one cell, not as a group', () => {
    const nodes = layOutTreemap(cellsOf([300], [60]), room, null);
    expect(nodes.map((node) => node.kind)).toEqual(['layer', 'layer']);
  });

  test('does not split a base that is too small to hold cells', () => {
    const nodes = layOutTreemap(cellsOf([1_000_000], [3, 2]), room, null);
    expect(nodes.filter((node) => node.level === 2)).toEqual([]);
    expect(nodes.find((node) => node.kind === 'base')).toMatchObject({ hasHeader: false, layerCount: 2, sizeBytes: 5 });
  });

  test('gives the whole room to the base when it is zoomed into', () => {
    const nodes = layOutTreemap(cellsOf([900], [60, 40]), room, 'base');
    expect(nodes.reduce((sum, node) => sum + area(node.box), 0)).toBeCloseTo(700 * 400, 3);
    expect(nodes.map(bytesOf)).toEqual([60, 40]);
  });

  test('draws nothing for no bytes and for no room', () => {
    expect(layOutTreemap(cellsOf([0, 0], [0]), room, null)).toEqual([]);
    expect(layOutTreemap(cellsOf([5], []), { width: 0, height: 400 }, null)).toEqual([]);
  });
});

function expectInside(box: Box, outer: Box): void {
  expect(box.x).toBeGreaterThanOrEqual(outer.x - 1e-6);
  expect(box.y).toBeGreaterThanOrEqual(outer.y - 1e-6);
  expect(box.x + box.width).toBeLessThanOrEqual(outer.x + outer.width + 1e-6);
  expect(box.y + box.height).toBeLessThanOrEqual(outer.y + outer.height + 1e-6);
}
