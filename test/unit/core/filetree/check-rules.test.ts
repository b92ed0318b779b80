import { describe, expect, it } from 'vitest';
import { checkRules, defaultRules, parseRules } from '#core/filetree/check-rules.ts';
import { parseByteSize } from '#core/filetree/parse-byte-size.ts';

describe('the rules of .dive-ci', () => {
  it("are dive's defaults if nothing is set", () => {
    for (const text of ['', '# nothing\n', 'rules:\n', 'other: 1\n']) expect(parseRules(text)).toEqual(defaultRules);
    expect(parseRules('rules:\n  lowestEfficiency: 0.95\n  highestWastedBytes: 20MB\n')).toEqual({
      lowestEfficiency: 0.95,
      highestWastedBytes: 20_000_000,
      highestUserWastedPercent: 0.1
    });
  });

  it('reject invalid values, invalid YAML, and a billion laughs', () => {
    const bad = [
      'rules: [1]',
      'rules: {lowestEfficiency: 2}',
      'rules: {highestWastedBytes: much}',
      '{',
      'a: &a [1]\nrules: *a'
    ];
    for (const text of bad)
      expect(() => parseRules(text), text).toThrow(expect.objectContaining({ message: 'rules-invalid' }));
  });

  it('pass at exactly their limit', () => {
    const rules = { lowestEfficiency: 0.9, highestWastedBytes: 10, highestUserWastedPercent: null };
    const outcomes = (efficiency: number, wastedBytes: number) =>
      checkRules(rules, { efficiency, wastedBytes, wastedUserFraction: 5 }).map(({ outcome }) => outcome);
    expect(outcomes(0.9, 10)).toEqual(['passed', 'passed', 'disabled']);
    expect(outcomes(0.8999, 11)).toEqual(['failed', 'failed', 'disabled']);
  });

  it('read sizes like dive', () => {
    const sizes = ['20MB', '1 kb', '1KiB', '1.5GiB', '1,000', '7', '2t', '0'];
    expect(sizes.map(parseByteSize)).toEqual([20e6, 1000, 1024, 1.5 * 1024 ** 3, 1000, 7, 2e12, 0]);
    expect(['', 'MB', '1x', '-1', '1.2.3', '5ib'].map(parseByteSize).every(Number.isNaN)).toBe(true);
  });
});
