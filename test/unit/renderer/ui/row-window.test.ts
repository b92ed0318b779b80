import { expect, test } from 'vitest';
import { findRowWindow, isAtEnd, revealRow } from '../../../../renderer/src/ui/row-window.ts';

test('draws a screenful of a hundred thousand rows', () => {
  const rows = findRowWindow(100_000, 18, { scrollTop: 900_000, height: 360 });
  expect(rows.first).toBeLessThanOrEqual(50_000);
  expect(rows.end).toBeGreaterThanOrEqual(50_020);
  expect(rows.end - rows.first).toBeLessThan(60);
});

test('keeps to the rows there are', () => {
  expect(findRowWindow(3, 18, { scrollTop: 0, height: 360 })).toEqual({ first: 0, end: 3 });
  expect(findRowWindow(0, 18, { scrollTop: 500, height: 360 })).toEqual({ first: 0, end: 0 });
});

test('draws the rows of a list that became shorter than where it was scrolled to', () => {
  expect(findRowWindow(5, 18, { scrollTop: 10_000, height: 360 })).toEqual({ first: 0, end: 5 });
  expect(findRowWindow(100, 18, { scrollTop: 10_000, height: 360 })).toEqual({ first: 68, end: 100 });
});

test('reveals a row with the least scrolling', () => {
  const view = { scrollTop: 180, height: 360 };
  expect(revealRow(12, 18, view)).toBe(180);
  expect(revealRow(3, 18, view)).toBe(54);
  expect(revealRow(40, 18, view)).toBe(41 * 18 - 360);
});

test('follows at the end and within a row of it', () => {
  expect(isAtEnd({ scrollTop: 640, height: 360, scrollHeight: 1000 }, 18)).toBe(true);
  expect(isAtEnd({ scrollTop: 625, height: 360, scrollHeight: 1000 }, 18)).toBe(true);
  expect(isAtEnd({ scrollTop: 500, height: 360, scrollHeight: 1000 }, 18)).toBe(false);
});
