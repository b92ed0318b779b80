import type { ComparedRow } from '../schema/comparison.ts';
import { words } from '../words/words.ts';
import { formatBytesDelta } from './format-bytes.ts';

/** How a path of an image differs from the baseline's, in a few words, with its effect for whoever ships the image. */
export interface PathDelta {
  readonly text: string;
  readonly tone: 'go' | 'bad' | 'warn' | 'dim';
}

/**
 * The bytes by which a path differs from the baseline's, with their sign; where its size is the same, what else changed.
 * Null for the baseline itself, and where nothing differs.
 */
export function describePathDelta(
  { sizes, changes }: Pick<ComparedRow, 'sizes' | 'changes'>,
  image: number,
  baseline: number
): PathDelta | null {
  const change = changes[image] ?? 'absent';
  if (image === baseline || change === 'same' || change === 'absent') return null;
  const deltaBytes = (sizes[image] ?? 0) - (sizes[baseline] ?? 0);
  if (deltaBytes !== 0) return { text: formatBytesDelta(deltaBytes), tone: deltaBytes > 0 ? 'bad' : 'go' };
  const tone = change === 'changed' || change === 'content' ? 'warn' : 'dim';
  return { text: words.compare.files.changes[change], tone };
}
