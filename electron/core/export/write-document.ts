import { formatBytes } from '#contract/format/format-bytes.ts';
import type { ReportFormat } from '#contract/schema/analysis.ts';
import type { AnalysisOverview, FileCell } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';
import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import { toDiveReport } from './dive-report.ts';
import type { Markup } from './markup.ts';
import { writeAnalysisPage } from './write-analysis-page.ts';
import { drawTreemap } from './draw-treemap.ts';

export interface Documented {
  readonly analysis: ImageAnalysis;
  readonly overview: AnalysisOverview;
  /** The cells of the complete image, as fine as a picture shows them. */
  pictureCells(): FileCell[];
}

/** The analysis as a file's text. */
export function writeDocument(documented: Documented, format: ReportFormat): string {
  const { analysis, overview } = documented;
  const { report } = analysis;
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'dive-json':
      return `${JSON.stringify(toDiveReport(analysis), null, 2)}\n`;
    case 'svg':
      return drawPicture(documented).text;
    case 'html': {
      const { history } = overview.image;
      return writeAnalysisPage({ name: nameOf(documented), report, history, picture: drawPicture(documented) });
    }
  }
}

function drawPicture(documented: Documented): Markup {
  const { overview, analysis } = documented;
  const { imageSizeBytes, fileCount, layers } = analysis.report;
  const { history, baseName } = overview.image;
  const size = formatBytes(imageSizeBytes);
  return drawTreemap({
    name: nameOf(documented),
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

/** A tag, or what the image was read from. */
function nameOf({ analysis: { report } }: Documented): string {
  return report.tags[0] ?? report.source.name;
}
