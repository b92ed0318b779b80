import { EditorState, type TransactionSpec } from '@codemirror/state';
import { expect, test } from 'vitest';
import {
  builtLinesField,
  builtNumbersAt,
  findBuiltLine,
  setBuiltLines
} from '../../../../../renderer/src/features/editor/built-lines.ts';

const text = 'FROM busybox\nRUN apt-get update \\\n && make\nCOPY a /a\n';
const line = (number: number, endLine = number) =>
  ({ line: number, endLine, sizeBytes: number, origin: 'run', durationMs: null, isCached: false }) as const;

function built(doc: string): EditorState {
  const state = EditorState.create({ doc, extensions: [builtLinesField] });
  return state.update({ effects: setBuiltLines({ text, lines: [line(1), line(2, 3), line(4)] }) }).state;
}

/** The built line whose numbers each line of the text has. */
const numbers = (state: EditorState): (number | undefined)[] =>
  Array.from({ length: state.doc.lines }, (_, index) => builtNumbersAt(state, state.doc.line(index + 1).from)[0]?.line);

const edit = (state: EditorState, changes: TransactionSpec['changes']): EditorState =>
  state.update(changes === undefined ? {} : { changes }).state;

test('the lines that were built have numbers', () => {
  expect(numbers(built(text))).toEqual([1, 2, undefined, 4, undefined]);
});

test('a line that is changed loses its numbers, and has them again when it is changed back', () => {
  const at = text.indexOf('busybox');
  const changed = edit(built(text), { from: at, to: at + 'busybox'.length, insert: 'nosuch/base:9' });
  expect(numbers(changed)).toEqual([undefined, 2, undefined, 4, undefined]);
  // What a step of it is selected elsewhere, still shows where it was.
  expect(findBuiltLine(changed, 1)).toBe(0);
  const back = edit(changed, { from: at, to: at + 'nosuch/base:9'.length, insert: 'busybox' });
  expect(numbers(back)).toEqual([1, 2, undefined, 4, undefined]);
});

test('so does an instruction of which only a later line is changed', () => {
  const at = text.indexOf('make');
  expect(numbers(edit(built(text), { from: at, insert: 're' }))).toEqual([1, undefined, undefined, 4, undefined]);
});

test('numbers move with their lines, and are back when all was deleted and typed again', () => {
  expect(numbers(edit(built(text), { from: 0, insert: '# note\n\n' }))).toEqual([
    undefined,
    undefined,
    1,
    2,
    undefined,
    4,
    undefined
  ]);
  const emptied = edit(built(text), { from: 0, to: text.length });
  expect(numbers(emptied)).toEqual([undefined]);
  expect(numbers(edit(emptied, { from: 0, insert: text }))).toEqual([1, 2, undefined, 4, undefined]);
});

test('another text has numbers only for lines that are the same', () => {
  expect(numbers(built('FROM nosuch/base:9\nRUN pip install x\nCOPY a /a\n'))).toEqual([
    undefined,
    undefined,
    4,
    undefined
  ]);
});
