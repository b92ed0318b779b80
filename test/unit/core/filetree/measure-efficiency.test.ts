import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFileTree } from '#core/filetree/file-tree.ts';
import { measureEfficiency } from '#core/filetree/measure-efficiency.ts';
import { diveEfficiency } from './dive-reference.ts';
import type { ReferenceEntry } from './dive-reference.ts';
import { layerOf } from './layer-of.ts';
import { measureProcessorTime } from '../../expect-linear-time.ts';

const measure = (layers: ReferenceEntry[][]) => {
  const tables = layers.map(layerOf);
  return measureEfficiency(tables, buildFileTree(tables));
};

/** The compared fields: dive's own order of equal paths is not fixed. */
const comparable = ({ efficiency, wastedBytes, inefficientPaths }: ReturnType<typeof measureEfficiency>) => ({
  efficiency,
  wastedBytes,
  paths: inefficientPaths.map(({ path, times, sizeBytes }) => `${path} ${times} ${sizeBytes}`).sort()
});

describe("dive's efficiency", () => {
  it('is the same for any layers as counting it directly', () => {
    const name = fc.constantFrom('a', 'b', 'é', '.c', '-d');
    const whiteout = fc.oneof({ weight: 3, arbitrary: name }, { weight: 1, arbitrary: name.map((n) => `.wh.${n}`) });
    const last = fc.oneof(
      { weight: 8, arbitrary: whiteout },
      { weight: 1, arbitrary: fc.constantFrom('.wh..wh..opq', '.wh..wh.plnk', '.wh.') }
    );
    const entry = fc.record({
      path: fc.tuple(fc.array(name, { maxLength: 2 }), last).map(([folders, leaf]) => [...folders, leaf].join('/')),
      folder: fc.boolean(),
      sizeBytes: fc.integer({ min: 0, max: 1000 })
    });
    const layers = fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 5 });
    fc.assert(
      fc.property(layers, (stack) => {
        expect(comparable(measure(stack))).toEqual(comparable(diveEfficiency(stack)));
      }),
      { numRuns: 3000 }
    );
  });

  it('counts a removed directory by what it hid', () => {
    const result = measure([
      [
        { path: 'big', folder: true, sizeBytes: 0 },
        { path: 'big/one', folder: false, sizeBytes: 70 },
        { path: 'big/two', folder: false, sizeBytes: 30 },
        { path: 'kept', folder: false, sizeBytes: 100 }
      ],
      [{ path: '.wh.big', folder: false, sizeBytes: 0 }],
      [{ path: 'big', folder: true, sizeBytes: 0 }]
    ]);
    expect(result.inefficientPaths).toEqual([{ path: '/big', times: 2, sizeBytes: 100, layers: [1, 2] }]);
    expect(result).toMatchObject({ efficiency: 200 / 300, wastedBytes: 100 });
  });

  it('is 1 for no layers, empty layers and empty files', () => {
    const empty = [{ path: 'a', folder: false, sizeBytes: 0 }];
    for (const stack of [[], [[]], [empty], [empty, empty]]) {
      expect(measure(stack)).toMatchObject({ efficiency: 1, wastedBytes: 0 });
    }
  });

  it('takes about as long for a thousand whiteouts as for none', () => {
    const files = Array.from({ length: 60_000 }, (_, n) => ({
      path: `d${n % 300}/f${n}`,
      folder: false,
      sizeBytes: n
    }));
    const whiteouts = files
      .slice(0, 1000)
      .map(({ path }) => ({ path: path.replace('/', '/.wh.'), folder: false, sizeBytes: 0 }));
    const timed = (stack: ReferenceEntry[][]): number => {
      const tables = stack.map(layerOf);
      const measured = (): number => measureProcessorTime(() => measureEfficiency(tables, buildFileTree(tables)));
      return Math.min(measured(), measured(), measured());
    };
    expect(timed([files, whiteouts])).toBeLessThan(timed([files]) * 5 + 100);
  });
});
