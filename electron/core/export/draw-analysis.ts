import { formatBytes } from '#contract/format/format-bytes.ts';
import type { AnalysisOverview, FileCell } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';
import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import { drawTreemap } from './draw-treemap.ts';
import type { Markup } from './markup.ts';

export interface DocumentedAnalysis {
  readonly analysis: ImageAnalysis;
  readonly overview: AnalysisOverview;
  /** The cells of the complete image, in the detail of a picture. */
  pictureCells(): FileCell[];
}

/** The analyzed image as a picture. */
export function drawAnalysis(documented: DocumentedAnalysis): Markup {
  const { overview, analysis } = documented;
  const { imageSizeBytes, fileCount, layers } = analysis.report;
  const { history, baseName } = overview.image;
  const size = formatBytes(imageSizeBytes);
  return drawTreemap({
    name: nameAnalysis(documented),
    caption: words.report.caption(size, words.layers.layerCount(layers.length)),
    description: words.report.pictureDescription(size, layers.length, fileCount),
    cells: documented.pictureCells(),
    layers: layers.map(({ index, command }) => {
      const row = history.find(({ layerIndex }) => layerIndex === index);
      return { name: command === '' ? words.layers.unknownInstruction : command, origin: row?.origin ?? 'other' };
    }),
    baseName: baseName ?? words.report.baseLayers
  });
}

/** A tag, or the image's source. */
export function nameAnalysis({ analysis: { report } }: DocumentedAnalysis): string {
  return report.tags[0] ?? report.source.name;
}
