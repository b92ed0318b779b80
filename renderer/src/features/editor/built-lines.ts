import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import type { LayerOrigin } from '#contract/schema/image.ts';
import { mapRanges, type LineRange } from './map-lines.ts';

/** A line from which the last build created something, and its result. */
export interface BuiltLine {
  readonly line: number;
  readonly sizeBytes: number;
  readonly origin: LayerOrigin;
  readonly durationMs: number | null;
  readonly isCached: boolean;
}

interface BuiltLines {
  readonly ranges: readonly LineRange[];
  readonly byLine: ReadonlyMap<number, BuiltLine>;
  readonly maxBytes: number;
}

const noLines: BuiltLines = { ranges: [], byLine: new Map(), maxBytes: 0 };

const setEffect = StateEffect.define<BuiltLines>();

/** The lines of the last build at their current positions: they move with the text as it is edited. */
export const builtLinesField = StateField.define<BuiltLines>({
  create: () => noLines,
  update(value, transaction) {
    const moved = transaction.docChanged ? { ...value, ranges: mapRanges(value.ranges, transaction.changes) } : value;
    return transaction.effects.reduce((last, effect) => (effect.is(setEffect) ? effect.value : last), moved);
  }
});

/** Replaces the built lines; `ranges` has the current positions of those that still exist. */
export function setBuiltLines(ranges: readonly LineRange[], lines: readonly BuiltLine[]): StateEffect<unknown> {
  return setEffect.of({
    ranges,
    byLine: new Map(lines.map((line) => [line.line, line])),
    maxBytes: Math.max(0, ...lines.map((line) => line.sizeBytes))
  });
}

/** The built lines whose text starts in the line at this offset. */
export function builtLinesAt(state: EditorState, lineFrom: number): number[] {
  const lineTo = state.doc.lineAt(lineFrom).to;
  return state
    .field(builtLinesField)
    .ranges.filter((range) => range.from >= lineFrom && range.from <= lineTo)
    .map((range) => range.builtLine);
}

/** Offset of the start of the current line of a built line; null if it was deleted. */
export function findBuiltLine(state: EditorState, builtLine: number): number | null {
  const range = state.field(builtLinesField).ranges.find((candidate) => candidate.builtLine === builtLine);
  return range === undefined ? null : state.doc.lineAt(range.from).from;
}
