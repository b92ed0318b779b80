import type { AnalysisReport } from '../schema/analysis.ts';
import { withoutArchiveExtension } from './archive-extensions.ts';
import { exportFormats, type AnalysisFormat } from './export-formats.ts';

/** The default name for an exported analysis: "alice-app-1.2.html", in characters valid on any file system. */
export function analysisExportName(
  { tags, source }: Pick<AnalysisReport, 'tags' | 'source'>,
  format: AnalysisFormat
): string {
  const name = withoutArchiveExtension(tags[0] ?? source.name);
  const plain = name.replace(/[^\w.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${plain.slice(0, 100) || 'image'}.${exportFormats[format].extension}`;
}
