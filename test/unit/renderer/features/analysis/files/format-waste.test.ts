import { describe, expect, it } from 'vitest';
import { formatWastedPaths, formatRule } from '../../../../../../renderer/src/features/analysis/files/format-waste.ts';

describe('formatRule', () => {
  it('shows the actual value and the threshold', () => {
    const outcome = 'failed';
    expect(formatRule({ rule: 'lowestEfficiency', outcome, threshold: 0.9, actual: 0.897 })).toBe(
      '89.70% (min 90.00%)'
    );
    expect(formatRule({ rule: 'highestWastedBytes', outcome, threshold: 2e7, actual: 69_300_000 })).toBe(
      '69.3 MB (max 20.0 MB)'
    );
    expect(formatRule({ rule: 'highestUserWastedPercent', outcome, threshold: 0.1, actual: 1.5 })).toBe(
      '150.00% (max 10.00%)'
    );
  });

  it('uses as many digits as needed to distinguish the two', () => {
    const outcome = 'failed';
    expect(formatRule({ rule: 'lowestEfficiency', outcome, threshold: 0.9, actual: 0.89999 })).toBe(
      '89.9990% (min 90.0000%)'
    );
    expect(formatRule({ rule: 'highestWastedBytes', outcome, threshold: 2e7, actual: 20_000_001 })).toBe(
      '20,000,001 B (max 20,000,000 B)'
    );
  });

  it('shows only the actual value if the rule is disabled', () => {
    expect(formatRule({ rule: 'highestWastedBytes', outcome: 'disabled', threshold: null, actual: 5 })).toBe('5 B');
  });
});

describe('formatWastedPaths', () => {
  it('formats a table that no name can break', () => {
    expect(formatWastedPaths([{ path: '/a\tb\nc', times: 2, sizeBytes: 7, layers: [0, 3] }])).toBe('/a b c\t2\t7\t0 3');
  });
});
