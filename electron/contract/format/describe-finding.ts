import type { Finding } from '../schema/finding.ts';
import { words } from '../words/words.ts';

export interface FindingText {
  readonly title: string;
  /** The message of another program; null if the title is complete. */
  readonly detail: string | null;
}

/** The title and detail of a finding. If its rule has no words, the detail is the title. */
export function describeFinding({ ruleId, data, detail }: Finding): FindingText {
  const { rules } = words.findings;
  const title = Object.hasOwn(rules, ruleId) ? rules[ruleId]?.(data) : undefined;
  return title === undefined ? { title: detail ?? ruleId, detail: null } : { title, detail };
}
