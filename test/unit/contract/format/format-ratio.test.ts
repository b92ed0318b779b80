import { expect, test } from 'vitest';
import { formatRatio, formatShareOf } from '#contract/format/format-ratio.ts';

test.each([
  [1.99, null],
  [2, '2.0x'],
  [2.4, '2.4x'],
  [9.94, '9.9x'],
  [9.96, '10x'],
  [205.68, '206x'],
  [12_345, '12,345x']
])('the ratio %d reads %s', (ratio, text) => {
  expect(formatRatio(ratio)).toBe(text);
});

test('a share is a percentage below twice the size', () => {
  expect([0.408, 1, 1.5, 2.44].map(formatShareOf)).toEqual(['40.8% of', '100% of', '150.0% of', '2.4x']);
});
