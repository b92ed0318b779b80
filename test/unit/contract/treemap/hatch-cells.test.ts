import { describe, expect, test } from 'vitest';
import { hatchCell, listHatches } from '#contract/treemap/hatch-cells.ts';

describe('the hatching of a cell', () => {
  test('has the share of the removable bytes, and above it that of the hidden ones', () => {
    expect(hatchCell({ sizeBytes: 100, removableBytes: 25, hiddenBytes: 50 })).toEqual([
      { hatch: 'removable', from: 0, share: 0.25 },
      { hatch: 'hidden', from: 0.25, share: 0.5 }
    ]);
  });

  test('is left out where it would not be visible, and for a cell without bytes', () => {
    expect(hatchCell({ sizeBytes: 1000, removableBytes: 1, hiddenBytes: 0 })).toEqual([]);
    expect(hatchCell({ sizeBytes: 0, removableBytes: 0, hiddenBytes: 0 })).toEqual([]);
  });

  test('is in the legend if any cell has it', () => {
    expect(listHatches([{ sizeBytes: 9, hiddenBytes: 1 }, { sizeBytes: 9 }])).toEqual(['hidden']);
    expect(listHatches([{ sizeBytes: 9, hiddenBytes: 1, removableBytes: 2 }])).toEqual(['removable', 'hidden']);
  });
});
