import { expect, test } from 'vitest';
import { CompleteImages } from '#core/compare/complete-images.ts';

test('files are compared with the baseline, or the first complete image', () => {
  const complete = new CompleteImages([false, true, false, true]);
  expect(complete.indexes).toEqual([1, 3]);
  expect([0, 1, 2, 3].map((baseline) => complete.baselineFor(baseline))).toEqual([1, 1, 1, 3]);
  expect(new CompleteImages([false, false]).baselineFor(0)).toBeNull();
});

test('a row has no data for the other images', () => {
  const row = { sizes: [5, 7], changes: ['same' as const, 'grown' as const] };
  expect(new CompleteImages([false, true, true]).expandRow(row)).toEqual({
    sizes: [null, 5, 7],
    changes: ['absent', 'same', 'grown']
  });
  expect(new CompleteImages([true, true]).expandRow(row)).toBe(row);
});
