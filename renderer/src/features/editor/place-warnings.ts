import type { Diagnostic } from '@codemirror/lint';
import type { BuildWarning } from '#contract/schema/build.ts';
import { carryLines } from './carry-lines.ts';

/** The builder's warnings where their lines stand in the text now; without a line, or with a lost one, none. */
export function placeWarnings(warnings: readonly BuildWarning[], builtText: string | null, text: string): Diagnostic[] {
  if (builtText === null || warnings.length === 0) return [];
  const lines = warnings.flatMap((warning) => warning.line ?? []);
  const places = new Map(carryLines(builtText, text, lines).map((place) => [place.builtLine, place]));
  return warnings.flatMap((warning) => {
    const place = warning.line === null ? undefined : places.get(warning.line);
    return place === undefined
      ? []
      : [{ from: place.from, to: place.to, severity: 'warning' as const, message: warning.text }];
  });
}
