import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import { mapRanges, type LineRange } from './map-lines.ts';
import { matchLines } from './match-lines.ts';
import type { LineBytes } from './sum-line-bytes.ts';

/** A line that the last build made something of, and what. */
export interface BuiltLine extends LineBytes {
  /** Last line of its instruction, 1-based in the text as it was built. */
  readonly endLine: number;
}

/** The text that a build used and what its lines made. */
export interface BuiltText {
  readonly text: string;
  readonly lines: readonly BuiltLine[];
}

interface BuiltLines {
  readonly builtText: readonly string[];
  readonly byLine: ReadonlyMap<number, BuiltLine>;
  /** Where the lines are now, also those that have been edited. */
  readonly ranges: readonly LineRange[];
  /** Of them, those whose instruction is the one that was built, word by word. */
  readonly unchanged: ReadonlySet<number>;
  readonly maxBytes: number;
}

const noLines: BuiltLines = {
  builtText: [],
  byLine: new Map(),
  ranges: [],
  unchanged: new Set(),
  maxBytes: 0
};

const setEffect = StateEffect.define<BuiltText>();

/** The lines of the last build where they are now: they move with the text as it is edited. */
export const builtLinesField = StateField.define<BuiltLines>({
  create: () => noLines,
  update(value, transaction) {
    const set = transaction.effects.findLast((effect) => effect.is(setEffect));
    if (set !== undefined) return locate(toBuiltLines(set.value), transaction.state.doc, []);
    if (!transaction.docChanged || value.byLine.size === 0) return value;
    return locate(value, transaction.state.doc, mapRanges(value.ranges, transaction.changes));
  }
});

/** Replaces the built lines. */
export function setBuiltLines(built: BuiltText | null): StateEffect<unknown> {
  return setEffect.of(built ?? { text: '', lines: [] });
}

/** The built lines whose text starts in the line at this offset. */
export function builtLinesAt(state: EditorState, lineFrom: number): number[] {
  const lineTo = state.doc.lineAt(lineFrom).to;
  return state
    .field(builtLinesField)
    .ranges.filter((range) => range.from >= lineFrom && range.from <= lineTo)
    .map((range) => range.builtLine);
}

/** What the last build made of the line at this offset; nothing for a line that it has not built as it is now. */
export function builtNumbersAt(state: EditorState, lineFrom: number): BuiltLine[] {
  const { byLine, unchanged } = state.field(builtLinesField);
  return builtLinesAt(state, lineFrom).flatMap((line) => (unchanged.has(line) ? (byLine.get(line) ?? []) : []));
}

/** Offset of the start of the line where a built line is now; null when it is gone. */
export function findBuiltLine(state: EditorState, builtLine: number): number | null {
  const range = state.field(builtLinesField).ranges.find((candidate) => candidate.builtLine === builtLine);
  return range === undefined ? null : state.doc.lineAt(range.from).from;
}

function toBuiltLines({ text, lines }: BuiltText): BuiltLines {
  return {
    ...noLines,
    builtText: splitLines(text),
    byLine: new Map(lines.map((line) => [line.line, line])),
    maxBytes: Math.max(0, ...lines.map((line) => line.sizeBytes ?? 0))
  };
}

/** Finds the instructions again that are unchanged; others are at their ranges, as an edit has moved them. */
function locate(built: BuiltLines, doc: EditorState['doc'], moved: readonly LineRange[]): BuiltLines {
  const matched = matchLines(built.builtText, doc.toJSON());
  const unchanged = new Set<number>();
  const ranges = [...built.byLine.values()].flatMap(({ line, endLine }) => {
    const first = matched[line - 1] ?? null;
    if (first === null) return moved.filter(({ builtLine }) => builtLine === line);
    const isWhole = matched.slice(line - 1, endLine).every((index, offset) => index === first + offset);
    if (isWhole) unchanged.add(line);
    const { from, to } = doc.line(first + 1);
    return from === to ? [] : [{ builtLine: line, from, to }];
  });
  return { ...built, ranges, unchanged };
}

/** As the editor divides a text. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n?|\n/);
}
