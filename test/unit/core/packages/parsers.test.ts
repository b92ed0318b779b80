import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { packageKindSchema } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { parsers } from '#core/packages/parsers.ts';

const root = resolve(import.meta.dirname, '../../../..');
const kinds = packageKindSchema.options;

test('every kind of packages has a parser and a name', () => {
  expect(Object.keys(parsers)).toEqual(kinds);
  expect(Object.keys(words.compare.packages.kinds)).toEqual(kinds);
});

test.each(kinds)('%s is named in every list of the kinds', (kind) => {
  const { readingText, noneText } = words.compare.packages;
  for (const text of [readingText, noneText, readFileSync(resolve(root, 'README.md'), 'utf8')]) {
    expect(text).toMatch(new RegExp(`\\b${kind}\\b`));
  }
});
