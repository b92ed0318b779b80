import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellHeaderHeight,
  layoutTreemap,
  sizeForBytes,
  type CellLayout,
  type LayoutCell
} from '#contract/treemap/layout-treemap.ts';

const bounds = { width: 900, height: 600 };
const tolerance = 0.01;

interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
}

function boxAt({ boxes }: CellLayout, cell: number): Placed {
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(cell * 4, cell * 4 + 4);
  return { x, y, width, height };
}

const cell = (parent: number, kind: LayoutCell['kind'], sizeBytes: number): LayoutCell => ({ parent, kind, sizeBytes });

/** An image of layers, each of folders, each of files of the given sizes. */
function imageOf(layers: number[][][], baseCount: number): LayoutCell[] {
  const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
  const cells = [cell(-1, 'image', sum(layers.flat(2)))];
  const base = baseCount > 1 ? cells.push(cell(0, 'base', sum(layers.slice(0, baseCount).flat(2)))) - 1 : 0;
  layers.forEach((folders, index) => {
    const layer = cells.push(cell(index < baseCount ? base : 0, 'layer', sum(folders.flat()))) - 1;
    for (const files of folders) {
      const folder = cells.push(cell(layer, 'folder', sum(files))) - 1;
      for (const size of files) cells.push(cell(folder, 'file', size));
    }
  });
  return cells;
}

const anyImage = fc
  .tuple(
    fc.array(
      fc.array(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 5
      }),
      { minLength: 1, maxLength: 8 }
    ),
    fc.nat(8)
  )
  .map(([layers, base]) => imageOf(layers, Math.min(base, layers.length)));

describe('the positions of a treemap’s cells', () => {
  test('divide a layer by bytes', () => {
    fc.assert(
      fc.property(anyImage, (cells) => {
        const layout = layoutTreemap(cells, bounds);
        const shareOfLayer = new Map<number, number[]>();
        cells.forEach(({ kind, parent, sizeBytes }, index) => {
          const { width, height } = boxAt(layout, index);
          if (kind !== 'file' || width < 1 || height < 1) return;
          const layer = cells[parent]?.parent ?? 0;
          const bytesPerPixel = sizeBytes / ((width + 1) * (height + 1));
          shareOfLayer.set(layer, [...(shareOfLayer.get(layer) ?? []), bytesPerPixel]);
        });
        for (const scales of shareOfLayer.values()) {
          expect(Math.max(...scales) / Math.min(...scales)).toBeLessThan(1 + tolerance);
        }
      })
    );
  });

  test('are inside their parent, below its header', () => {
    fc.assert(
      fc.property(anyImage, (cells) => {
        const layout = layoutTreemap(cells, bounds);
        cells.forEach(({ parent }, index) => {
          if (parent < 0) return;
          const inner = boxAt(layout, index);
          const outer = boxAt(layout, parent);
          const top = outer.y + (layout.headers[parent] === 1 ? cellHeaderHeight : 0);
          expect(inner.x).toBeGreaterThanOrEqual(outer.x - tolerance);
          expect(inner.y).toBeGreaterThanOrEqual(top - tolerance);
          expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + tolerance);
          expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + tolerance);
        });
      })
    );
  });

  test('do not overlap for siblings', () => {
    fc.assert(
      fc.property(anyImage, (cells) => {
        const layout = layoutTreemap(cells, bounds);
        cells.forEach(({ parent }, first) => {
          cells.forEach((other, second) => {
            if (second <= first || other.parent !== parent) return;
            const [a, b] = [boxAt(layout, first), boxAt(layout, second)];
            const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
            const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
            expect(Math.min(wide, high)).toBeLessThan(tolerance);
          });
        });
      })
    );
  });

  test('leave two pixels between layers and one between files', () => {
    const cells = imageOf([[[50], [50]], [[100]]], 0);
    const layout = layoutTreemap(cells, { width: 400, height: 200 });
    const [left, right] = [boxAt(layout, 1), boxAt(layout, 6)];
    expect(Math.abs(left.x + left.width - right.x)).toBeCloseTo(2, 3);
    const [upper, lower] = [boxAt(layout, 2), boxAt(layout, 4)];
    expect(lower.y - upper.y - upper.height).toBeCloseTo(1, 3);
  });

  test('reserve a header for the name of each layer and base that is large enough, and only for those', () => {
    const cells = imageOf([[[400_000]], [[300_000]], [[200_000]], [[1]]], 2);
    const { headers } = layoutTreemap(cells, bounds);
    const named = cells.flatMap(({ kind }, index) => (headers[index] === 1 ? [kind] : []));
    expect(named).toEqual(['base', 'layer', 'layer', 'layer']);
  });

  test('have no header in the root cell', () => {
    const { headers, boxes } = layoutTreemap([cell(-1, 'layer', 5), cell(0, 'file', 5)], bounds);
    expect([...headers]).toEqual([0, 0]);
    expect([...boxes]).toEqual([0, 0, 900, 600, 0, 0, 900, 600]);
  });

  test('are empty without cells, bytes or bounds', () => {
    expect([...layoutTreemap([], bounds).boxes]).toEqual([]);
    expect([...layoutTreemap([cell(-1, 'image', 0), cell(0, 'layer', 0)], bounds).boxes]).toEqual(new Array(8).fill(0));
    expect([...layoutTreemap([cell(-1, 'file', 7)], { width: 0, height: 10 }).boxes]).toEqual([0, 0, 0, 0]);
  });
});

describe('the bounds of a picture on a given scale', () => {
  test('have the area of its bytes and the requested proportions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5e9 }), fc.double({ min: 1, max: 1e5, noNaN: true }), (bytes, scale) => {
        const { width, height } = sizeForBytes(bytes, scale, 1.6);
        expect((width * height * scale) / bytes).toBeCloseTo(1, 6);
        expect(width / height).toBeCloseTo(1.6, 6);
      })
    );
  });

  test('are empty without bytes', () => {
    expect(sizeForBytes(0, 10, 1.5)).toEqual({ width: 0, height: 0 });
  });
});
