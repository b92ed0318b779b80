import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPercent } from '#contract/format/format-percent.ts';

describe('formatPercent', () => {
  it('rounds to the given digits', () => {
    expect(formatPercent(0.8973)).toBe('89.7%');
    expect(formatPercent(0.8973, 2)).toBe('89.73%');
    expect(formatPercent(1.234)).toBe('123.4%');
    expect(formatPercent(204.68, 0)).toBe('20,468%');
  });

  it('writes only 0 and 1 as 0% and 100%', () => {
    expect(formatPercent(0)).toBe('0%');
    expect(formatPercent(0.00001)).toBe('<0.1%');
    expect(formatPercent(0.99999)).toBe('>99.9%');
    expect(formatPercent(0.995, 0)).toBe('>99%');
    expect(formatPercent(1)).toBe('100%');
  });

  it('rounds as toFixed does between the two ends', () => {
    const digitCounts = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(fc.double({ min: 0.002, max: 0.998, noNaN: true }), digitCounts, (fraction, digits) => {
        expect(formatPercent(fraction, digits)).toBe(`${(fraction * 100).toFixed(digits)}%`);
      })
    );
  });
});
