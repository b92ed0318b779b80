import { exportFormats, type ComparisonFormat } from '#contract/domain/export-formats.ts';
import type { CallOutput } from '#contract/ipc/calls.ts';
import { words } from '#contract/words/words.ts';
import type { OpenComparisons } from '#core/compare/open-comparisons.ts';
import { recallComparison, rememberComparison } from '#core/compare/remember-comparison.ts';
import type { OpenArchives } from '#core/analysis/open-archives.ts';
import { readProjectRules } from '#core/analysis/read-project-rules.ts';
import type { JobRunner } from '#core/job/job-runner.ts';
import type { Store } from '#core/store/open-store.ts';
import { saveExport } from '../save-export.ts';
import { builtFromRecord } from './built-from-record.ts';
import type { HandlersOf, GetWindow } from './handler-types.ts';

export interface ComparisonDependencies {
  readonly jobs: JobRunner;
  readonly comparisons: OpenComparisons;
  readonly store: Store;
  readonly archives: OpenArchives;
  readonly window: GetWindow;
}

export function comparisonHandlers({
  jobs,
  comparisons,
  store,
  archives,
  window
}: ComparisonDependencies): HandlersOf<'comparison'> {
  const save = (format: ComparisonFormat, bytes: Uint8Array): Promise<CallOutput<'comparison.export'>> =>
    saveExport(window(), {
      format,
      title: words.compare.report.saveTitle,
      defaultName: `comparison.${exportFormats[format].extension}`,
      bytes
    });
  return {
    'comparison.start': ({ sources }) => {
      const jobId = jobs.start('comparison', null, async (job) => {
        const rules = await readProjectRules(null);
        const requests = sources.map(async (source) => {
          const builtFrom = await builtFromRecord(store, source.kind === 'engine' ? source.buildId : null);
          return { source, context: { rules, builtFrom } };
        });
        return comparisons.open(await Promise.all(requests), job);
      });
      return Promise.resolve({ jobId });
    },
    'comparison.overview': ({ comparisonId, ...input }) => comparisons.query(comparisonId, 'overview', input),
    'comparison.cells': ({ comparisonId, ...input }) => comparisons.query(comparisonId, 'cells', input),
    'comparison.differences': ({ comparisonId, ...input }) => comparisons.query(comparisonId, 'differences', input),
    'comparison.rows': ({ comparisonId, ...input }) => comparisons.query(comparisonId, 'rows', input),
    'comparison.settings': ({ comparisonId, ...input }) => comparisons.query(comparisonId, 'settings', input),
    'comparison.readPackages': ({ comparisonId }) => {
      return Promise.resolve({
        jobId: jobs.start('comparison', null, (job) => comparisons.read(comparisonId, 'readPackages', job))
      });
    },
    'comparison.packages': ({ comparisonId }) => comparisons.query(comparisonId, 'packages', {}),
    'comparison.readContents': ({ comparisonId }) => {
      return Promise.resolve({
        jobId: jobs.start('comparison', null, (job) => comparisons.read(comparisonId, 'readContents', job))
      });
    },
    'comparison.contents': ({ comparisonId }) => comparisons.query(comparisonId, 'contents', {}),
    'comparison.export': async ({ comparisonId, ...input }) => {
      const content = await comparisons.query(comparisonId, 'document', input);
      return save(input.format, Buffer.from(content));
    },
    'comparison.exportPng': ({ png }) => save('png', png),
    'comparison.remember': async ({ projectId, ...comparison }) => {
      await rememberComparison(store.comparisons, archives, projectId, comparison);
      return {};
    },
    'comparison.recall': ({ projectId }) => Promise.resolve(recallComparison(store.comparisons, archives, projectId)),
    'comparison.close': ({ comparisonId }) => {
      comparisons.close(comparisonId);
      return Promise.resolve({});
    }
  };
}
