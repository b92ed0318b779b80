import { describe, expect, it } from 'vitest';
import { formatBytes, formatBytesDelta } from '../../../../renderer/src/text/format-bytes.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [5, '5 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [1_900, '1.9 kB'],
    [4_400_000, '4.4 MB'],
    [41_000_000, '41.0 MB'],
    [72_900_000, '72.9 MB'],
    [99_960_000, '100 MB'],
    [419_000_000, '419 MB'],
    [999_600_000, '1.00 GB'],
    [1_190_000_000, '1.19 GB'],
    [12_340_000_000, '12.3 GB']
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('never shows four digits before a unit', () => {
    for (let bytes = 1; bytes < 1e15; bytes = Math.ceil(bytes * 1.37)) {
      expect(formatBytes(bytes)).toMatch(/^\d{1,3}(\.\d{1,2})? [kMGT]?B$/);
    }
  });
});

describe('formatBytesDelta', () => {
  it('has a sign, except for 0', () => {
    expect(formatBytesDelta(3_000_000)).toBe('+3.0 MB');
    expect(formatBytesDelta(-183_000_000)).toBe('−183 MB');
    expect(formatBytesDelta(0)).toBe('0 B');
  });
});
