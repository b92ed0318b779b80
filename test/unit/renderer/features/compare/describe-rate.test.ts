import { expect, test } from 'vitest';
import { describeRate } from '../../../../../renderer/src/features/compare/describe-rate.ts';

test.each([
  [{ limit: 100, remaining: 76, windowSeconds: 21_600 }, '76 of 100 pulls left in 6 h'],
  [{ limit: 200, remaining: 0, windowSeconds: 5400 }, '0 of 200 pulls left in 90 min'],
  [{ limit: null, remaining: 1200, windowSeconds: 45 }, '1,200 pulls left in 45 s'],
  [{ limit: 100, remaining: 3, windowSeconds: null }, '3 of 100 pulls left'],
  [{ limit: 100, remaining: null, windowSeconds: null }, null]
])('describes the remaining rate limit: %o', (rate, expected) => {
  expect(describeRate(rate)).toBe(expected);
});
