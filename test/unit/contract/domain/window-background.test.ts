import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { windowBackground } from '#contract/domain/window-background.ts';

it('is the background of the page in both themes', () => {
  const tokens = readFileSync(resolve(import.meta.dirname, '../../../../renderer/src/styles/tokens.css'), 'utf8');
  expect([...tokens.matchAll(/^ {2}--bg: (.*);$/gm)].map(([, color]) => color)).toEqual([
    windowBackground.dark,
    windowBackground.light
  ]);
});
