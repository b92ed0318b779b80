import { expect, it } from 'vitest';
import { formatList } from '#contract/format/format-list.ts';

it('joins texts as in a sentence', () => {
  expect(formatList(['dpkg'])).toBe('dpkg');
  expect(formatList(['dpkg', 'apk', 'npm'])).toBe('dpkg, apk, and npm');
  expect(formatList(['dpkg', 'apk', 'npm'], 'disjunction')).toBe('dpkg, apk, or npm');
});
