import type { ComparisonFormat, ComparisonReport } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import type { ImageExplorer } from '../analysis/explore/image-explorer.ts';
import type { Treemap } from './draw-cells.ts';
import { drawComparison, type Resolution } from './draw-comparison.ts';
import { writeMarkdown } from './write-markdown.ts';
import { writeComparisonPage } from './write-comparison-page.ts';
import { nameImages } from './name-images.ts';

/** The comparison as a file's text. Secrets are masked in the report and in the analyses of its images. */
export function writeComparison(
  images: readonly ImageExplorer[],
  report: ComparisonReport,
  format: ComparisonFormat
): string {
  const names = nameImages(report.images);
  const draw = () =>
    drawComparison({ report, names, treemapOf: (image, resolution) => treemapOf(images[image], resolution) });
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'markdown':
      return writeMarkdown(report);
    case 'svg':
      return draw().text;
    case 'html':
      return writeComparisonPage({ report, names, picture: draw() });
  }
}

function treemapOf(image: ImageExplorer | undefined, resolution: Resolution): Treemap {
  if (!image) return { cells: [], layers: [], baseName: '' };
  const { overview, analysis, answers } = image;
  const { history, baseName } = overview.image;
  return {
    cells: answers.cells({ focus: { layer: -1, node: 0 }, ...resolution, query: null }).cells,
    layers: analysis.report.layers.map(({ index, command }) => {
      const row = history.find(({ layerIndex }) => layerIndex === index);
      const name = command === '' ? words.layers.unknownInstruction : command;
      return { name, origin: row?.origin ?? 'other' };
    }),
    baseName: baseName ?? words.report.baseLayers
  };
}
