import { formatPercent } from './format-percent.ts';
import { formatRatio } from './format-ratio.ts';
import { formatBytes, formatBytesDelta } from './format-bytes.ts';
import type { ComparisonOverview } from '../schema/comparison.ts';
import { words } from '../words/words.ts';

/** An image's size difference to the baseline, in words, with its effect for whoever ships the image. */
export interface DeltaText {
  readonly text: string;
  readonly tone: 'go' | 'bad' | 'dim';
}

/**
 * Describes an image's difference to the baseline: uncompressed; or compressed, and labeled so, if both are in a
 * registry and
 * the layers of one are not available locally.
 */
export function describeDeltaOf({ totals, images }: ComparisonOverview, image: number, baseline: number): DeltaText {
  const delta = totals.deltas[image] ?? null;
  if (delta !== null) return describeDelta(delta, totals.sizes[baseline] ?? 0);
  const [own, base] = [images[image]?.remote, images[baseline]?.remote];
  if (own == null || base == null) return { text: words.remote.unknown, tone: 'dim' };
  return describeDelta(own.compressedBytes - base.compressedBytes, base.compressedBytes, words.remote.delta);
}

type DeltaWords = Pick<typeof words.compare, 'sameSize' | 'grown' | 'smaller' | 'larger' | 'times'>;

/** Formats a difference of sizes in bytes, and as a percentage or a ratio; in bytes alone if the baseline has none. */
export function describeDelta(deltaBytes: number, baselineBytes: number, text: DeltaWords = words.compare): DeltaText {
  if (deltaBytes === 0) return { text: text.sameSize, tone: 'dim' };
  const delta = formatBytesDelta(deltaBytes);
  if (baselineBytes <= 0) return { text: text.grown(formatBytes(deltaBytes)), tone: 'bad' };
  const ratio = formatRatio((baselineBytes + deltaBytes) / baselineBytes);
  if (ratio !== null) return { text: text.times(delta, ratio), tone: 'bad' };
  const fraction = Math.abs(deltaBytes) / baselineBytes;
  const percent = formatPercent(fraction, fraction < 0.1 ? 1 : 0);
  return deltaBytes < 0
    ? { text: text.smaller(delta, percent), tone: 'go' }
    : { text: text.larger(delta, percent), tone: 'bad' };
}
