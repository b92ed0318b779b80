import type { Diagnostic } from '@codemirror/lint';
import { describeFinding } from '#contract/format/describe-finding.ts';
import type { Finding } from '#contract/schema/finding.ts';
import { mapLines } from './map-lines.ts';

/**
 * Converts the findings about `builtText` to diagnostics at the current positions of their first lines. Findings
 * without lines, or
 * whose line was deleted, are omitted.
 */
export function toDiagnostics(findings: readonly Finding[], builtText: string | null, text: string): Diagnostic[] {
  if (builtText === null || findings.length === 0) return [];
  const lines = findings.flatMap(({ range }) => (range === null ? [] : range.start.line + 1));
  const ranges = new Map(mapLines(builtText, text, lines).map((range) => [range.builtLine, range]));
  return findings.flatMap((finding) => {
    const range = finding.range === null ? undefined : ranges.get(finding.range.start.line + 1);
    if (range === undefined) return [];
    const { title, detail } = describeFinding(finding);
    const message = detail === null ? title : `${title}\n${detail}`;
    return [{ from: range.from, to: range.to, severity: finding.severity, message }];
  });
}
