import type { PathChange } from '#contract/schema/comparison.ts';

/** The changes of a path in all images but the baseline, each once. */
export function listChanges(changes: readonly PathChange[], baseline: number): PathChange[] {
  const otherChanges = changes.filter((change, image) => image !== baseline && change !== 'absent');
  const differing = otherChanges.filter((change) => change !== 'same');
  return [...new Set(differing.length > 0 ? differing : otherChanges)];
}

/** A smaller image is good, a larger one is not; other changes are neither. */
export function changeTone(change: PathChange): 'go' | 'bad' | 'warn' | 'dim' {
  if (change === 'removed' || change === 'shrunk') return 'go';
  if (change === 'added' || change === 'grown') return 'bad';
  return change === 'changed' || change === 'content' ? 'warn' : 'dim';
}
