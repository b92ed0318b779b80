import { describe, expect, test } from 'vitest';
import type { Cells } from '#contract/schema/analysis-overview.ts';
import { AnalysisState } from '../../../../../../renderer/src/features/analysis/analysis-state.svelte.ts';
import { baseFocus, imageFocus } from '../../../../../../renderer/src/features/treemap/list-history-cells.ts';
import { TreemapState } from '../../../../../../renderer/src/features/analysis/treemap/treemap-state.svelte.ts';
import { historyRow } from '../history-row.ts';
import { overviewOf } from '../files/overview.ts';
import { createTestBridge } from '../../../state/test-bridge.ts';

const bounds = { width: 100, height: 100 };
const detail = overviewOf([0, 1].map((layerIndex) => historyRow({ layerIndex, sizeBytes: 10 }))).image;
const read: Cells = { cells: [], crumbs: [{ ...imageFocus, name: '' }], matched: { files: 0, bytes: 0 } } as never;

/** A treemap whose analysis finishes when `readImage` is called. */
function createTreemap() {
  const { bridge } = createTestBridge({ 'analysis.cells': () => read });
  const analysis = new AnalysisState(bridge);
  const treemap = new TreemapState(analysis, () => detail);
  const readImage = (id: string): void => {
    const overview = overviewOf(detail.history);
    analysis.overview = { ...overview, image: { ...overview.image, id } };
  };
  return { analysis, treemap, readImage };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('TreemapState', () => {
  test('draws the layers of the history until the files have arrived', async () => {
    const { treemap, readImage } = createTreemap();
    expect(treemap.cells.map(({ kind }) => kind)).toEqual(['image', 'layer', 'layer']);
    readImage('sha256:a');
    expect(treemap.cells).toHaveLength(3);
    treemap.show({ imageId: 'sha256:a', focus: treemap.focus, bounds, query: '' });
    await settle();
    expect([treemap.cells, treemap.drawnFocus]).toEqual([[], imageFocus]);
  });

  test('returns to the history and to the top when another image is read', async () => {
    const { analysis, treemap, readImage } = createTreemap();
    readImage('sha256:a');
    treemap.zoomTo({ layer: 1, node: 4 });
    treemap.show({ imageId: 'sha256:a', focus: treemap.focus, bounds, query: '' });
    await settle();
    expect([treemap.isAtTop, treemap.drawnFocus]).toEqual([false, { layer: 1, node: 4 }]);
    analysis.overview = null;
    expect([treemap.isAtTop, treemap.cells.length]).toEqual([true, 3]);
    readImage('sha256:b');
    expect([treemap.focus, treemap.cells.length]).toEqual([imageFocus, 3]);
  });

  test('zooms into the base before and after the files are read', () => {
    const { treemap, readImage } = createTreemap();
    treemap.zoomTo(baseFocus);
    expect([treemap.focus, treemap.crumbs.length]).toEqual([baseFocus, 2]);
    readImage('sha256:a');
    expect(treemap.focus).toEqual(baseFocus);
    treemap.zoomOut();
    expect(treemap.isAtTop).toBe(true);
  });
});
