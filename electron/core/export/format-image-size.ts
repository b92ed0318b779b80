import { describeDelta, type DeltaText } from '#contract/format/describe-delta.ts';
import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ComparisonReport } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/**
 * An image's size and its difference to the baseline's, in words; compressed, and labeled so, while layers are only in
 * a registry.
 */
export function formatImageSize(
  { images, baseline }: Pick<ComparisonReport, 'images' | 'baseline'>,
  image: number
): { size: string; delta: DeltaText } {
  const { sizeBytes = null, deltaBytes = null, compressedBytes = null } = images[image] ?? {};
  const size = sizeBytes === null ? words.remote.compressed(formatBytes(compressedBytes ?? 0)) : formatBytes(sizeBytes);
  if (image === baseline) return { size, delta: { text: words.compare.baseline, tone: 'dim' } };
  if (deltaBytes === null) return { size, delta: { text: words.remote.unknown, tone: 'dim' } };
  return { size, delta: describeDelta(deltaBytes, images[baseline]?.sizeBytes ?? 0) };
}
