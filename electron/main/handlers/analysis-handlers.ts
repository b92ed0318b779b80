import type { AnalysisFormat } from '#contract/domain/export-formats.ts';
import { analysisExportName } from '#contract/domain/export-name.ts';
import type { CallOutput } from '#contract/ipc/calls.ts';
import type { AnalysisReport } from '#contract/schema/analysis.ts';
import { words } from '#contract/words/words.ts';
import type { OpenAnalyses } from '#core/analysis/open-analyses.ts';
import { PreviewSink, describePreview, previewBytes } from '#core/analysis/describe-preview.ts';
import { readProjectRules } from '#core/analysis/read-project-rules.ts';
import { saveLayerFile } from '#core/analysis/save-layer-file.ts';
import type { JobRunner } from '#core/job/job-runner.ts';
import type { Store } from '#core/store/open-store.ts';
import { chooseFileToSave } from '../archive-dialogs.ts';
import { builtFromRecord } from './built-from-record.ts';
import { saveExport } from '../save-export.ts';
import type { HandlersOf, GetWindow } from './handler-types.ts';

export interface AnalysisDependencies {
  readonly jobs: JobRunner;
  readonly analyses: OpenAnalyses;
  readonly store: Store;
  readonly window: GetWindow;
}

export function analysisHandlers({ jobs, analyses, store, window }: AnalysisDependencies): HandlersOf<'analysis'> {
  let preview = new AbortController();
  const save = (
    report: Pick<AnalysisReport, 'tags' | 'source'>,
    format: AnalysisFormat,
    bytes: Uint8Array
  ): Promise<CallOutput<'analysis.export'>> =>
    saveExport(window(), {
      format,
      title: words.report.saveTitle,
      defaultName: analysisExportName(report, format),
      bytes
    });
  return {
    'analysis.start': ({ source, projectId }) => {
      const folder = projectId === null ? null : store.projects.pathOf(projectId);
      const buildId = source.kind === 'engine' ? source.buildId : null;
      const jobId = jobs.start('analysis', projectId, async (job) => {
        const context = { rules: await readProjectRules(folder), builtFrom: await builtFromRecord(store, buildId) };
        return analyses.open(source, context, job);
      });
      return Promise.resolve({ jobId });
    },
    'analysis.overview': ({ analysisId }) => analyses.query(analysisId, 'overview', {}),
    'analysis.cells': ({ analysisId, ...input }) => analyses.query(analysisId, 'cells', input),
    'analysis.rows': ({ analysisId, ...input }) => analyses.query(analysisId, 'rows', input),
    'analysis.path': ({ analysisId, ...input }) => analyses.query(analysisId, 'path', input),
    'analysis.findPath': ({ analysisId, ...input }) => analyses.query(analysisId, 'findPath', input),
    'analysis.export': async ({ analysisId, format }) => {
      const { report } = await analyses.query(analysisId, 'overview', {});
      const text = await analyses.query(analysisId, 'document', { format });
      return save(report, format, Buffer.from(text));
    },
    'analysis.exportPng': async ({ analysisId, png }) => {
      const { report } = await analyses.query(analysisId, 'overview', {});
      return save(report, 'png', png);
    },
    'analysis.previewFile': async ({ analysisId, ...location }) => {
      preview.abort();
      const { signal } = (preview = new AbortController());
      const sink = new PreviewSink();
      try {
        const file = await analyses.readFile(analysisId, location, sink, { maxBytes: previewBytes, signal });
        return describePreview(file, sink.bytes);
      } catch (error) {
        // The caller canceled and shows no preview.
        if (signal.aborted) return { kind: 'none' };
        throw error;
      }
    },
    'analysis.stopPreview': () => {
      preview.abort();
      return Promise.resolve({});
    },
    'analysis.saveFile': async ({ analysisId, ...location }) => {
      const { name } = await analyses.query(analysisId, 'path', location);
      const target = await chooseFileToSave(window(), name);
      if (target === null) return { jobId: null };
      const jobId = jobs.start('transfer', null, (job) => {
        const options = { maxBytes: null, signal: job.signal };
        return saveLayerFile((sink) => analyses.readFile(analysisId, location, sink, options), target, job);
      });
      return { jobId };
    },
    'analysis.close': ({ analysisId }) => {
      analyses.close(analysisId);
      return Promise.resolve({});
    }
  };
}
