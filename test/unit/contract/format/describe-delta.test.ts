import { describe, expect, test } from 'vitest';
import { listChanges } from '../../../../renderer/src/features/compare/list-changes.ts';
import { describeDelta } from '#contract/format/describe-delta.ts';

describe('a size compared with the baseline', () => {
  test.each([
    [-184_000_000, 418_000_000, '−184 MB · 44% smaller', 'go'],
    [3_000_000, 100_000_000, '+3.0 MB · 3.0% larger', 'bad'],
    [-1, 10_000_000, '−1 B · <0.1% smaller', 'go'],
    [0, 10, 'same size', 'dim'],
    [0, 0, 'same size', 'dim'],
    [99_000_000, 100_000_000, '+99.0 MB · 99% larger', 'bad'],
    [100_000_000, 100_000_000, '+100 MB · 2.0x the size', 'bad'],
    [140_000_000, 100_000_000, '+140 MB · 2.4x the size', 'bad'],
    [409_360_000, 2_000_000, '+409 MB · 206x the size', 'bad'],
    [5, 0, '5 B larger', 'bad']
  ])('of %i bytes to %i reads %s', (delta, baseline, text, tone) => {
    expect(describeDelta(delta, baseline)).toEqual({ text, tone });
  });
});

describe('the changes of a path', () => {
  test('are listed once each for all images but the baseline', () => {
    expect(listChanges(['same', 'removed', 'removed'], 0)).toEqual(['removed']);
    expect(listChanges(['same', 'same', 'removed'], 0)).toEqual(['removed']);
    expect(listChanges(['grown', 'same', 'added'], 1)).toEqual(['grown', 'added']);
    expect(listChanges(['same', 'same', 'absent'], 0)).toEqual(['same']);
  });
});
