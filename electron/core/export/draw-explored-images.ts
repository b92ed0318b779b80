import type { ComparisonReport } from '#contract/schema/comparison.ts';
import type { ImageExplorer } from '../analysis/explore/image-explorer.ts';
import { nameLayers } from './draw-analysis.ts';
import type { Treemap } from './draw-cells.ts';
import { drawComparison, type Resolution } from './draw-comparison.ts';
import type { Markup } from './markup.ts';
import { nameImages } from './name-images.ts';

/** Draws the compared images as one picture. */
export function drawExploredImages(images: readonly ImageExplorer[], report: ComparisonReport): Markup {
  return drawComparison({
    report,
    names: nameImages(report.images),
    treemapOf: (image, resolution) => treemapOf(images[image], resolution)
  });
}

function treemapOf(image: ImageExplorer | undefined, resolution: Resolution): Treemap {
  if (!image) return { cells: [], layers: new Map(), baseName: '' };
  const { overview, answers } = image;
  return {
    cells: answers.cells({ focus: { layer: -1, node: 0 }, ...resolution, query: null }).cells,
    ...nameLayers(overview.image)
  };
}
