import { expect, test } from 'vitest';
import { WholeImages } from '#core/compare/whole-images.ts';

test('files are measured against the baseline, or the first image that is whole', () => {
  const whole = new WholeImages([false, true, false, true]);
  expect(whole.places).toEqual([1, 3]);
  expect([0, 1, 2, 3].map((baseline) => whole.baselineFor(baseline))).toEqual([1, 1, 1, 3]);
  expect(new WholeImages([false, false]).baselineFor(0)).toBeNull();
});

test('a row tells of the others that nothing is known', () => {
  const row = { sizes: [5, 7], changes: ['same' as const, 'grown' as const] };
  expect(new WholeImages([false, true, true]).widen(row)).toEqual({
    sizes: [null, 5, 7],
    changes: ['absent', 'same', 'grown']
  });
  expect(new WholeImages([true, true]).widen(row)).toBe(row);
});
