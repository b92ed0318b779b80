import type { Finding } from '#contract/schema/finding.ts';

/** A warning of BuildKit about line 2. */
export function findingOf(ruleId: string, changes: Partial<Finding> = {}): Finding {
  return {
    ruleId,
    data: {},
    severity: 'warning',
    source: 'buildkit',
    file: 'Dockerfile',
    range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } },
    url: null,
    detail: `${ruleId}: what BuildKit says (line 2)`,
    fix: null,
    ...changes
  };
}
