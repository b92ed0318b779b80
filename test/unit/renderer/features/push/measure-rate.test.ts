import { expect, test } from 'vitest';
import {
  addSample,
  measureRate,
  secondsLeft,
  type RateSample
} from '../../../../../renderer/src/features/push/measure-rate.ts';

const measure = (samples: readonly [number, number][]): RateSample[] =>
  samples.reduce<RateSample[]>((all, [atMs, sentBytes]) => addSample(all, { atMs, sentBytes }), []);

test('averages over the last seconds only', () => {
  const samples = measure([
    [0, 0],
    [10_000, 1_000_000],
    [12_000, 21_000_000],
    [15_000, 51_000_000]
  ]);
  expect(measureRate(samples)).toBe(10_000_000);
});

test('is unknown before there are enough samples', () => {
  expect(measureRate([])).toBeNull();
  expect(
    measureRate(
      measure([
        [0, 0],
        [100, 5000]
      ])
    )
  ).toBeNull();
});

test('restarts when the bytes decrease, as when a layer is retried', () => {
  expect(
    measure([
      [0, 0],
      [1000, 900],
      [2000, 100]
    ])
  ).toEqual([{ atMs: 2000, sentBytes: 100 }]);
});

test('estimates the remaining time only if possible', () => {
  expect(secondsLeft(10, 5, 100)).toBe(10);
  expect(secondsLeft(0, 5, 100)).toBeNull();
  expect(secondsLeft(10, 5, null)).toBeNull();
  expect(secondsLeft(10, 100, 100)).toBeNull();
});
