import { expect, test } from 'vitest';
import { CompleteImages } from '#core/compare/complete-images.ts';

test('files are measured against the baseline, or the first image that is whole', () => {
  const whole = new CompleteImages([false, true, false, true]);
  expect(whole.indexes).toEqual([1, 3]);
  expect([0, 1, 2, 3].map((baseline) => whole.baselineFor(baseline))).toEqual([1, 1, 1, 3]);
  expect(new CompleteImages([false, false]).baselineFor(0)).toBeNull();
});

test('a row tells of the others that nothing is known', () => {
  const row = { sizes: [5, 7], changes: ['same' as const, 'grown' as const] };
  expect(new CompleteImages([false, true, true]).expandRow(row)).toEqual({
    sizes: [null, 5, 7],
    changes: ['absent', 'same', 'grown']
  });
  expect(new CompleteImages([true, true]).expandRow(row)).toBe(row);
});
