import { formatBytes } from '#contract/format/format-bytes.ts';
import type { AnalysisOverview, FileCell } from '#contract/schema/analysis-overview.ts';
import { listLayerFacts } from '#contract/domain/layer-facts.ts';
import { nameAnalysis } from '#contract/domain/name-analysis.ts';
import { captionAnalysis } from '#contract/format/caption-analysis.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import { words } from '#contract/words/words.ts';
import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import type { Treemap } from './draw-cells.ts';
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
  const size = formatBytes(imageSizeBytes);
  return drawTreemap({
    name: nameAnalysis(analysis.report),
    caption: captionAnalysis(analysis.report, layers.length),
    description: words.report.pictureDescription(size, layers.length, fileCount),
    cells: documented.pictureCells(),
    ...nameLayers(overview.image)
  });
}

/** The names of an image's layers and of its base, as in the window. */
export function nameLayers({ history, baseName, baseLine }: ImageDetail): Pick<Treemap, 'layers' | 'baseName'> {
  const base = { name: baseName ?? words.layers.baseUnnamed, line: baseLine };
  return { layers: listLayerFacts({ history }, base), baseName: base.name };
}
