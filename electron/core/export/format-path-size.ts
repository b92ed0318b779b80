import { describePathDelta } from '#contract/format/describe-path-delta.ts';
import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ComparedRow, ComparisonReport } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/** A path's size in an image, and in parentheses how it differs from the baseline's: "1.0 MB (−2.0 MB)". */
export function formatPathSize(row: Pick<ComparedRow, 'sizes' | 'changes'>, image: number, baseline: number): string {
  const sizeBytes = row.sizes[image] ?? null;
  const size = sizeBytes === null ? words.compare.files.missing : formatBytes(sizeBytes);
  const delta = describePathDelta(row, image, baseline);
  return delta === null ? size : `${size} (${delta.text})`;
}

/** The image that files are compared with: the baseline, or the first one whose layers are all known. */
export function filesBaselineOf({ images, baseline }: Pick<ComparisonReport, 'images' | 'baseline'>): number {
  if (images[baseline]?.sizeBytes != null) return baseline;
  return Math.max(
    0,
    images.findIndex(({ sizeBytes }) => sizeBytes !== null)
  );
}
