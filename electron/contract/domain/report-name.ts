import type { AnalysisReport, ReportFormat } from '../schema/analysis.ts';

export type SavedFormat = ReportFormat | 'png';

/** How files of each format end. */
export const reportExtensions: Readonly<Record<SavedFormat, string>> = {
  json: 'json',
  'dive-json': 'dive.json',
  svg: 'svg',
  html: 'html',
  png: 'png'
};

/** What a report is proposed to be called: "alice-app-1.2.html", of letters that any file system takes. */
export function reportName({ tags, source }: Pick<AnalysisReport, 'tags' | 'source'>, format: SavedFormat): string {
  const name = (tags[0] ?? source.name).replace(/\.(tar|tgz|gz|zst)$/, '');
  const plain = name.replace(/[^\w.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${plain.slice(0, 100) || 'image'}.${reportExtensions[format]}`;
}
