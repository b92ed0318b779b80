import { expect, test } from 'vitest';
import { findRowWindow, isAtEnd } from '../../../../renderer/src/build/log-window.ts';

test('draws a screenful of a hundred thousand rows', () => {
  const rows = findRowWindow(100_000, 18, { scrollTop: 900_000, height: 360 });
  expect(rows.first).toBeLessThanOrEqual(50_000);
  expect(rows.end).toBeGreaterThanOrEqual(50_020);
  expect(rows.end - rows.first).toBeLessThan(60);
});

test('keeps to the rows there are', () => {
  expect(findRowWindow(3, 18, { scrollTop: 0, height: 360 })).toEqual({ first: 0, end: 3 });
  expect(findRowWindow(0, 18, { scrollTop: 500, height: 360 })).toEqual({ first: 0, end: 0 });
  expect(findRowWindow(5, 18, { scrollTop: 10_000, height: 360 })).toEqual({ first: 5, end: 5 });
});

test('follows at the end and within a row of it', () => {
  expect(isAtEnd({ scrollTop: 640, height: 360, scrollHeight: 1000 }, 18)).toBe(true);
  expect(isAtEnd({ scrollTop: 625, height: 360, scrollHeight: 1000 }, 18)).toBe(true);
  expect(isAtEnd({ scrollTop: 500, height: 360, scrollHeight: 1000 }, 18)).toBe(false);
});
