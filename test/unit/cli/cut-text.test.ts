import { expect, it } from 'vitest';
import { cutText } from '../../../electron/cli/print/cut-text.ts';

it.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['日本語の名前', 12, '日本語の名前'],
  ['日本語の名前', 11, '日本語の名…'],
  ['日本語の名前', 10, '日本語の…'],
  ['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
  ['👍👍👍', 5, '👍👍…']
])('%s in %i columns', (text, columns, cut) => {
  expect(cutText(text, columns)).toBe(cut);
});
