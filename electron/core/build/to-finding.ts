import type { Finding, TextRange } from '#contract/schema/finding.ts';
import type { Trace } from './decode-trace.ts';

type BuildKitWarning = Trace['warnings'][number];

/**
 * A warning of BuildKit about its Dockerfile as a finding. "FromAsCasing: 'as' and 'FROM' keywords' casing do not match
 * (line 1)" is of the rule FromAsCasing; BuildKit before 0.14 names no rules.
 */
export function toFinding({ short, url, ranges }: BuildKitWarning, file: string): Finding {
  const detail = Buffer.from(short).toString('utf8');
  return {
    ruleId: /^([A-Z]\w+): /.exec(detail)?.[1] ?? 'unnamed',
    data: {},
    severity: 'warning',
    source: 'buildkit',
    file,
    range: toTextRange(ranges),
    url: url.startsWith('https://') ? url : null,
    detail,
    fix: null
  };
}

/** BuildKit sends one range a line, with 1-based lines and no characters; together they are whole lines. */
function toTextRange(ranges: BuildKitWarning['ranges']): TextRange | null {
  const lines = ranges.flatMap(({ start }) => (start !== undefined && start.line > 0 ? [start.line] : []));
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { start: { line: first - 1, character: 0 }, end: { line: Math.max(first, last), character: 0 } };
}
