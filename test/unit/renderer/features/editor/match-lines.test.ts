import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchLines } from '../../../../../renderer/src/features/editor/match-lines.ts';
import { expectLinearTime } from '../../../expect-linear-time.ts';

test.each([
  ['abc', 'abc', [0, 1, 2]],
  ['abc', 'xabc', [1, 2, 3]],
  ['abc', 'axc', [0, null, 2]],
  ['abcd', 'acbd', [0, 2, null, 3]],
  ['aab', 'ab', [0, null, 1]],
  ['abc', '', [null, null, null]],
  ['', 'abc', []],
  ['ab', 'xy', [null, null]]
])('the lines %s are found in %s', (before, after, matched) => {
  const found = matchLines(Array.from(before), Array.from(after));
  expect(found.filter((at) => at !== null)).toHaveLength(matched.filter((at) => at !== null).length);
  found.forEach((at, index) => at !== null && expect(after[at]).toBe(before[index]));
  if (before !== 'abcd' && before !== 'aab') expect(found).toEqual(matched);
});

test('matches only equal lines, in rising order', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      let last = -1;
      matchLines(before, after).forEach((at, index) => {
        if (at === null) return;
        expect(after[at]).toBe(before[index]);
        expect(at).toBeGreaterThan(last);
        last = at;
      });
    })
  );
});

test('takes linear time for texts that have nothing in common', () => {
  const linesOf = (name: string, length: number): string[] => Array.from({ length }, (_, index) => `${name}${index}`);
  expectLinearTime((length) => {
    expect(matchLines(linesOf('a', length), linesOf('b', length)).every((at) => at === null)).toBe(true);
  }, 80_000);
});
