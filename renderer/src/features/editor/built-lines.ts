import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import type { LayerOrigin } from '#contract/schema/image.ts';
import { mapPlaces, type LinePlace } from './carry-lines.ts';

/** A line that the last build made something of, and what. */
export interface BuiltLine {
  readonly line: number;
  readonly sizeBytes: number;
  readonly origin: LayerOrigin;
  readonly durationMs: number | null;
  readonly isCached: boolean;
}

interface BuiltLines {
  readonly places: readonly LinePlace[];
  readonly byLine: ReadonlyMap<number, BuiltLine>;
  readonly mostBytes: number;
}

const noLines: BuiltLines = { places: [], byLine: new Map(), mostBytes: 0 };

const setEffect = StateEffect.define<BuiltLines>();

/** The lines of the last build where they stand now: they move with the text as it is edited. */
export const builtLinesField = StateField.define<BuiltLines>({
  create: () => noLines,
  update(value, transaction) {
    const moved = transaction.docChanged ? { ...value, places: mapPlaces(value.places, transaction.changes) } : value;
    return transaction.effects.reduce((last, effect) => (effect.is(setEffect) ? effect.value : last), moved);
  }
});

/** Replaces the built lines; `places` tells where those of them stand that are still there. */
export function setBuiltLines(places: readonly LinePlace[], lines: readonly BuiltLine[]): StateEffect<unknown> {
  return setEffect.of({
    places,
    byLine: new Map(lines.map((line) => [line.line, line])),
    mostBytes: Math.max(0, ...lines.map((line) => line.sizeBytes))
  });
}

/** The built lines whose text begins in the line at this offset. */
export function builtLinesAt(state: EditorState, lineFrom: number): number[] {
  const lineTo = state.doc.lineAt(lineFrom).to;
  return state
    .field(builtLinesField)
    .places.filter((place) => place.from >= lineFrom && place.from <= lineTo)
    .map((place) => place.builtLine);
}

/** Offset of the start of the line where a built line stands now; null when it is gone. */
export function findBuiltLine(state: EditorState, builtLine: number): number | null {
  const place = state.field(builtLinesField).places.find((candidate) => candidate.builtLine === builtLine);
  return place === undefined ? null : state.doc.lineAt(place.from).from;
}
