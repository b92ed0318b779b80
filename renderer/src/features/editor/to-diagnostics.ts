import type { Diagnostic } from '@codemirror/lint';
import type { BuildWarning } from '#contract/schema/build.ts';
import { mapLines } from './map-lines.ts';

/** The builder's warnings where their lines stand in the text now; without a line, or with a lost one, none. */
export function toDiagnostics(warnings: readonly BuildWarning[], builtText: string | null, text: string): Diagnostic[] {
  if (builtText === null || warnings.length === 0) return [];
  const lines = warnings.flatMap((warning) => warning.line ?? []);
  const ranges = new Map(mapLines(builtText, text, lines).map((range) => [range.builtLine, range]));
  return warnings.flatMap((warning) => {
    const range = warning.line === null ? undefined : ranges.get(warning.line);
    return range === undefined
      ? []
      : [{ from: range.from, to: range.to, severity: 'warning' as const, message: warning.text }];
  });
}
