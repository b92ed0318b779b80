import { expect, test } from 'vitest';
import { parseAnsi, stripAnsi } from '../../../../../renderer/src/features/build/parse-ansi.ts';
import { findLines } from '../../../../../renderer/src/features/build/find-lines.ts';

test('turns colors and weights into classes', () => {
  expect(parseAnsi('a \u001b[1;31mred\u001b[0m end')).toEqual([
    { text: 'a ', className: '' },
    { text: 'red', className: 'ansi-red ansi-bold' },
    { text: ' end', className: '' }
  ]);
  expect(parseAnsi('\u001b[42mgreen')[0]?.className).toBe('ansi-green-bg');
});

test('drops cursor moves, titles and stray control characters, and keeps tabs', () => {
  expect(stripAnsi('\u001b[2K\u001b[1Gdone\u001b]0;title\u0007\t\u0008ok\u001b[?25l')).toBe('done\tok');
});

test('restarts the line at a carriage return, like a terminal', () => {
  expect(stripAnsi('10%\r50%\r100%\r')).toBe('100%');
});

test('never creates markup: text that looks like HTML stays text', () => {
  expect(parseAnsi('\u001b[31m<img src=x onerror=alert(1)>')).toEqual([
    { text: '<img src=x onerror=alert(1)>', className: 'ansi-red' }
  ]);
});

test('truncates a line that is too long to draw', () => {
  expect(stripAnsi('x'.repeat(10_000))).toHaveLength(2001);
});

test('finds text ignoring case, also with colors inside it', () => {
  const lines = ['nothing', 'E: Unable to locate', '\u001b[31mUN\u001b[0mable'];
  expect(findLines(lines, 'unable')).toEqual([1, 2]);
  expect(findLines(lines, '')).toEqual([]);
});
