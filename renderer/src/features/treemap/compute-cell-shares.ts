import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';

/** Square pixels below which cells are grouped, and above which a directory shows its contents. */
const minArea = 90;
const splitArea = 12_000;

/** The same as shares of a treemap that fills these bounds. */
export function computeCellShares({ width, height }: TreemapSize): { minShare: number; splitShare: number } {
  const area = Math.max(1, width * height);
  return { minShare: Math.min(1, minArea / area), splitShare: Math.min(1, splitArea / area) };
}
