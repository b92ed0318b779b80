import { ChangeSet } from '@codemirror/state';
import { expect, test } from 'vitest';
import { mapLines, mapRanges } from '../../../../../renderer/src/features/editor/map-lines.ts';

const built = 'FROM ubuntu\nRUN apt-get update\nCOPY app.py /opt/\n';

/** The texts of the mapped lines, by their built line. */
function linesNow(text: string, lines: readonly number[]): Record<number, string> {
  return Object.fromEntries(
    mapLines(built, text, lines).map((range) => [range.builtLine, text.slice(range.from, range.to)])
  );
}

test('finds lines where they were', () => {
  expect(linesNow(built, [1, 3])).toEqual({ 1: 'FROM ubuntu', 3: 'COPY app.py /opt/' });
});

test('follows lines that were moved down, and changed', () => {
  const edited = '# note\nFROM ubuntu\n\nRUN apt-get update && true\nCOPY app.py /opt/\n';
  expect(linesNow(edited, [1, 2, 3])).toMatchObject({ 1: 'FROM ubuntu', 3: 'COPY app.py /opt/' });
  expect(linesNow(edited, [2])[2]).toContain('RUN apt-get update');
});

test('drops a line that was deleted, that is empty, or that never existed', () => {
  expect(linesNow('FROM ubuntu\nCOPY app.py /opt/\n', [2])).toEqual({});
  expect(linesNow(built, [4, 9, 0])).toEqual({});
});

test('moves with an edit: Enter at the start of a line moves the mark down', () => {
  const [range] = mapLines(built, built, [2]);
  if (range === undefined) throw new Error('line 2 was not found');
  const moved = mapRanges([range], ChangeSet.of({ from: range.from, insert: '\n' }, built.length));
  expect(moved).toEqual([{ builtLine: 2, from: range.from + 1, to: range.to + 1 }]);
  const dropped = mapRanges([range], ChangeSet.of({ from: range.from, to: range.to + 1 }, built.length));
  expect(dropped).toEqual([]);
});
