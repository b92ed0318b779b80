import { expect, test } from 'vitest';
import { exportFormats, formatsOf, writtenFormatsOf } from '#contract/domain/export-formats.ts';
import { words } from '#contract/words/words.ts';

test('each document offers its formats in the order of the list', () => {
  expect(formatsOf('analysis')).toEqual(['html', 'json', 'dive-json', 'svg', 'png']);
  expect(formatsOf('comparison')).toEqual(['html', 'markdown', 'json', 'svg', 'png']);
});

test('the page paints bitmap pictures, and core writes the other formats', () => {
  expect(writtenFormatsOf('analysis')).toEqual(['html', 'json', 'dive-json', 'svg']);
  expect(writtenFormatsOf('comparison')).toEqual(['html', 'markdown', 'json', 'svg']);
});

test('each format has a name, and a hint for each of its documents', () => {
  expect(Object.keys(words.report.formats)).toEqual(Object.keys(exportFormats));
  expect(Object.keys(words.report.formatHints).sort()).toEqual([...formatsOf('analysis')].sort());
  expect(Object.keys(words.compare.report.hints).sort()).toEqual([...formatsOf('comparison')].sort());
});
