import { describe, expect, it } from 'vitest';
import { writePercent } from '../../../../renderer/src/text/percent-text.ts';

describe('writePercent', () => {
  it('rounds to the digits that are asked for', () => {
    expect(writePercent(0.8973)).toBe('89.7%');
    expect(writePercent(0.8973, 2)).toBe('89.73%');
    expect(writePercent(1.234)).toBe('123.4%');
  });

  it('never writes nearly nothing as nothing, or nearly all as all', () => {
    expect(writePercent(0)).toBe('0%');
    expect(writePercent(0.00001)).toBe('<0.1%');
    expect(writePercent(0.99999)).toBe('>99.9%');
    expect(writePercent(1)).toBe('100%');
  });
});
