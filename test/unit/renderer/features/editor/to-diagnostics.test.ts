import { expect, test } from 'vitest';
import { toDiagnostics } from '../../../../../renderer/src/features/editor/to-diagnostics.ts';
import { findingOf } from '../../../contract/finding-of.ts';

const built = 'FROM a\nRUN echo $X\nCMD b\n';
const finding = findingOf('UndefinedVar', { detail: "UndefinedVar: Usage of undefined variable '$X' (line 2)" });

/** Each diagnostic as the marked text and its message. */
function shown(text: string, findings = [finding]): [string, string, string][] {
  return toDiagnostics(findings, built, text).map(({ from, to, severity, message }) => [
    text.slice(from, to),
    severity,
    message
  ]);
}

test('marks the line of a finding with its title and detail', () => {
  const message = "Undefined variable\nUndefinedVar: Usage of undefined variable '$X' (line 2)";
  expect(shown(built)).toEqual([['RUN echo $X', 'warning', message]]);
});

test('shows only the detail if the rule has no words', () => {
  expect(shown(built, [findingOf('unnamed', { detail: 'Empty continuation line' })])[0]?.[2]).toBe(
    'Empty continuation line'
  );
});

test('follows the line through edits, and omits deleted ones', () => {
  expect(shown(`# note\n\n${built}`)[0]?.[0]).toBe('RUN echo $X');
  expect(shown('FROM a\nCMD b\n')).toEqual([]);
});

test('marks the first of many lines, and nothing without a range or a build', () => {
  const range = { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } };
  expect(shown(built, [{ ...finding, range }])[0]?.[0]).toBe('RUN echo $X');
  expect(shown(built, [{ ...finding, range: null }])).toEqual([]);
  expect(toDiagnostics([finding], null, built)).toEqual([]);
});
