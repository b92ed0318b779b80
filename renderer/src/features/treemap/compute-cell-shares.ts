import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';

/** Square pixels below which a cell is gathered with its neighbours, and above which a folder shows what is in it. */
const minArea = 90;
const splitArea = 12_000;

/** The same as shares of what a picture shows that fills a room. */
export function computeCellShares({ width, height }: TreemapSize): { minShare: number; splitShare: number } {
  const area = Math.max(1, width * height);
  return { minShare: Math.min(1, minArea / area), splitShare: Math.min(1, splitArea / area) };
}
