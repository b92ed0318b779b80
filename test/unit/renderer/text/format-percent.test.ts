import { describe, expect, it } from 'vitest';
import { formatPercent } from '../../../../renderer/src/text/format-percent.ts';

describe('writePercent', () => {
  it('rounds to the digits that are asked for', () => {
    expect(formatPercent(0.8973)).toBe('89.7%');
    expect(formatPercent(0.8973, 2)).toBe('89.73%');
    expect(formatPercent(1.234)).toBe('123.4%');
  });

  it('never writes nearly nothing as nothing, or nearly all as all', () => {
    expect(formatPercent(0)).toBe('0%');
    expect(formatPercent(0.00001)).toBe('<0.1%');
    expect(formatPercent(0.99999)).toBe('>99.9%');
    expect(formatPercent(1)).toBe('100%');
  });
});
