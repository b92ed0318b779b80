import type { Finding } from '../schema/finding.ts';
import { words } from '../words/words.ts';

export interface FindingText {
  readonly title: string;
  /** What a foreign program said; null when the title says all. */
  readonly detail: string | null;
}

/** What a person reads of a finding. Without words for its rule the detail is the title. */
export function describeFinding({ ruleId, data, detail }: Finding): FindingText {
  const { rules } = words.findings;
  const title = Object.hasOwn(rules, ruleId) ? rules[ruleId]?.(data) : undefined;
  return title === undefined ? { title: detail ?? ruleId, detail: null } : { title, detail };
}
