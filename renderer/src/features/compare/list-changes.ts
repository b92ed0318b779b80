import type { PathChange } from '#contract/schema/comparison.ts';

/** What became of a path in the images beside the baseline, each change once, the baseline's own left out. */
export function listChanges(changes: readonly PathChange[], baseline: number): PathChange[] {
  const otherChanges = changes.filter((change, image) => image !== baseline && change !== 'absent');
  const differing = otherChanges.filter((change) => change !== 'same');
  return [...new Set(differing.length > 0 ? differing : otherChanges)];
}

/** Less to ship is good, more is not; the rest is neither. */
export function changeTone(change: PathChange): 'go' | 'bad' | 'warn' | 'dim' {
  if (change === 'removed' || change === 'shrunk') return 'go';
  if (change === 'added' || change === 'grown') return 'bad';
  return change === 'changed' || change === 'content' ? 'warn' : 'dim';
}
