import { expect, it } from 'vitest';
import { compareText } from '#contract/format/compare-text.ts';

it('sorts numbers in texts by value, and letters ignoring case', () => {
  expect(['1.10', '1.9', 'b', 'A', 'a2', 'a10'].sort(compareText)).toEqual(['1.9', '1.10', 'A', 'a2', 'a10', 'b']);
});
