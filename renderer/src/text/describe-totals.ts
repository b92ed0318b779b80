import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from './format-bytes.ts';

/** The total size of the images, and how much of it they share. */
export function describeTotals({ images, totals, layers }: ComparisonOverview): string {
  const text = words.compare;
  const without = totals.sizes.filter((size) => size === null).length;
  if (without === images.length) return words.remote.totalUnknown(without);
  const parts = [text.summary(images.length, formatBytes(totals.togetherBytes))];
  if (totals.sharedByAllBytes > 0) parts.push(text.sharedByAll(formatBytes(totals.sharedByAllBytes)));
  else if (layers.every(({ sharedBy }) => sharedBy.length < 2)) parts.push(text.noneShared);
  if (without > 0) parts.push(words.remote.totalWithout(without));
  return parts.join(' · ');
}
