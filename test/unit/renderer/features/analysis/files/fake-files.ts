import type { CallInput } from '#contract/ipc/calls.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { Rows, TreeRow } from '#contract/schema/analysis-overview.ts';
import { AnalysisState } from '../../../../../../renderer/src/features/analysis/analysis-state.svelte.ts';
import { historyRow } from '../history-row.ts';
import { createTestBridge } from '../../../state/test-bridge.ts';
import { overviewOf } from './overview.ts';

type RowsInput = CallInput<'analysis.rows'>;

/** A row with defaults for the other fields. */
export function treeRow(node: number, name: string, row: Partial<TreeRow> = {}): TreeRow {
  return {
    node,
    name,
    kind: row.hasChildren === true ? 'folder' : 'file',
    change: 'added',
    layer: 0,
    sizeBytes: 1,
    fileCount: 1,
    hasChildren: false,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeSeconds: 0,
    linkTarget: '',
    ...row
  };
}

/** Answers a call with the rows of each directory, one page at a time. */
export function pageOf(folders: Record<number, TreeRow[]>, input: RowsInput): Rows {
  const all = folders[input.folder] ?? [];
  return { rows: all.slice(input.start, input.start + input.limit), rowCount: all.length, matched: null };
}

/** An analyzed image with three layers; its rows are from `rows`, parent directories from `ancestors`. */
export async function readImage(
  rows: (input: RowsInput) => Rows | Promise<Rows>,
  ancestors: Record<number, number[]> = {}
): Promise<{ analysis: AnalysisState; inputs: RowsInput[] }> {
  const inputs: RowsInput[] = [];
  const { bridge } = createTestBridge({
    'analysis.start': () => ({ jobId: 'job-1' }),
    'job.attach': () => ({
      jobId: 'job-1',
      kind: 'analysis',
      projectId: null,
      startedAt: 0,
      ended: true,
      seq: 1,
      state: jobReducers.analysis.empty(),
      end: { kind: 'finished', result: { analysisId: 'analysis-1' } }
    }),
    'analysis.overview': () => overviewOf([0, 1, 2].map((layerIndex) => historyRow({ layerIndex }))),
    'analysis.rows': (input) => {
      inputs.push(input);
      return rows(input);
    },
    'analysis.path': ({ node, layer }) => {
      const row = treeRow(node, '', { layer });
      return { ...row, path: '', ancestors: ancestors[node] ?? [0], hiddenByLayer: null, versions: [] };
    }
  });
  const analysis = new AnalysisState(bridge);
  await analysis.start({ kind: 'engine', image: 'demo', buildId: null, engineId: null }, null);
  return { analysis, inputs };
}
