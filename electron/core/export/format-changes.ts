import type { PathChange } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/** The changes of a path since the baseline, in words, each once. */
export function formatChanges(changes: readonly PathChange[], baseline: number): string {
  const shownChanges = changes.filter(
    (change, image) => image !== baseline && change !== 'same' && change !== 'absent'
  );
  return [...new Set(shownChanges)].map((change) => words.compare.files.changes[change]).join(', ');
}
