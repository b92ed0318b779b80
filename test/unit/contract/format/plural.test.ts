import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plural } from '#contract/format/plural.ts';

const files = (count: number): string => plural(count, { one: '# file', other: '# files' });

describe('plural', () => {
  it('chooses the form by the count', () => {
    expect([0, 1, 2].map(files)).toEqual(['0 files', '1 file', '2 files']);
    expect(files(12_345)).toBe('12,345 files');
    expect(plural(1, { one: 'matches', other: 'match' })).toBe('matches');
  });

  it('falls back to the form "other"', () => {
    expect(plural(1, { other: '# sheep' })).toBe('1 sheep');
  });

  it('writes one only as singular', () => {
    fc.assert(
      fc.property(fc.nat(), (count) => {
        expect(files(count).endsWith('file')).toBe(count === 1);
      })
    );
  });
});
