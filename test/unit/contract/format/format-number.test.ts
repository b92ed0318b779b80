import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '#contract/format/format-number.ts';

describe('formatNumber', () => {
  it('groups digits and writes exactly the decimals it is given', () => {
    expect(formatNumber(12_345)).toBe('12,345');
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(41.25, 1)).toBe('41.3');
    expect(formatNumber(5, 2)).toBe('5.00');
  });

  it('rounds as toFixed does, for every number', () => {
    const decimals = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), decimals, (value, digits) => {
        expect(formatNumber(value, digits).replaceAll(',', '')).toBe(value.toFixed(digits));
      })
    );
  });
});
