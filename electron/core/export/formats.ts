import type { WrittenFormatOf } from '#contract/domain/export-formats.ts';
import { nameAnalysis } from '#contract/domain/name-analysis.ts';
import type { ComparisonReport } from '#contract/schema/comparison.ts';
import type { ImageExplorer } from '../analysis/explore/image-explorer.ts';
import { toDiveReport } from './dive-report.ts';
import { drawAnalysis, type DocumentedAnalysis } from './draw-analysis.ts';
import { drawExploredImages } from './draw-explored-images.ts';
import { nameImages } from './name-images.ts';
import { writeAnalysisPage } from './write-analysis-page.ts';
import { writeComparisonPage } from './write-comparison-page.ts';
import { writeJson } from './write-json.ts';
import { writeMarkdown } from './write-markdown.ts';

interface DocumentedComparison {
  readonly images: readonly ImageExplorer[];
  readonly report: ComparisonReport;
}

const analysisWriters: Record<WrittenFormatOf<'analysis'>, (documented: DocumentedAnalysis) => string> = {
  html: (documented) =>
    writeAnalysisPage({
      name: nameAnalysis(documented.analysis.report),
      report: documented.analysis.report,
      history: documented.overview.image.history,
      picture: drawAnalysis(documented)
    }),
  json: ({ analysis }) => writeJson(analysis.report),
  'dive-json': ({ analysis }) => writeJson(toDiveReport(analysis)),
  svg: (documented) => drawAnalysis(documented).text
};

const comparisonWriters: Record<WrittenFormatOf<'comparison'>, (documented: DocumentedComparison) => string> = {
  html: ({ images, report }) =>
    writeComparisonPage({ report, names: nameImages(report.images), picture: drawExploredImages(images, report) }),
  markdown: ({ report }) => writeMarkdown(report),
  json: ({ report }) => writeJson(report),
  svg: ({ images, report }) => drawExploredImages(images, report).text
};

/** The analysis as text of a file. */
export function writeAnalysis(documented: DocumentedAnalysis, format: WrittenFormatOf<'analysis'>): string {
  return analysisWriters[format](documented);
}

/** The comparison as text of a file. Likely secrets are masked in each format. */
export function writeComparison(
  images: readonly ImageExplorer[],
  report: ComparisonReport,
  format: WrittenFormatOf<'comparison'>
): string {
  return comparisonWriters[format]({ images, report });
}
