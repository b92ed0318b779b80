import type { AnalysisReport } from '../schema/analysis.ts';

/** The title of an analyzed image in a document: its first tag, or the name of its source. */
export function nameAnalysis({ tags, source }: Pick<AnalysisReport, 'tags' | 'source'>): string {
  return tags[0] ?? source.name;
}
