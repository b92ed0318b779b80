import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import type { ComparisonState } from '../../../../../renderer/src/features/compare/comparison-state.svelte.ts';
import { DifferenceMapState } from '../../../../../renderer/src/features/compare/difference-map-state.svelte.ts';
import { createGate } from '../../../create-gate.ts';

const bounds = { width: 400, height: 300 };

/** Of images with so many layers that are not here. */
const overviewOf = (filesBaseline: number | null, ...missing: number[]): ComparisonOverview =>
  ({
    images: missing.map((missingLayerCount) => ({ remote: missingLayerCount === 0 ? null : { missingLayerCount } })),
    filesBaseline
  }) as unknown as ComparisonOverview;

let comparison: { overview: ComparisonOverview; baseline: number; call: unknown };
let folders: number[];
let before: (folder: number) => Promise<void> | void;
let map: DifferenceMapState;

beforeEach(() => {
  folders = [];
  before = () => undefined;
  comparison = {
    overview: overviewOf(0, 0, 0, 0),
    baseline: 0,
    call: async (_question: 'differences', { folder }: { folder: number }) => {
      folders.push(folder);
      await before(folder);
      return { cells: [], crumbs: [{ node: 0 }, { node: 1 }, { node: folder }] };
    }
  };
  map = new DifferenceMapState(comparison as unknown as ComparisonState);
});

const show = (folder = map.folder): void =>
  map.show({ overview: comparison.overview, image: map.image, folder, bounds });

describe('the image whose differences are drawn', () => {
  it('is the second one, until another is chosen', () => {
    expect([map.choices, map.image]).toEqual([[1, 2], 1]);
    map.choose(2);
    expect(map.image).toBe(2);
  });

  it('is never the baseline, nor one whose layers are not here', () => {
    comparison.overview = overviewOf(1, 0, 0, 3);
    map.choose(2);
    expect([map.choices, map.image]).toEqual([[0], 0]);
    comparison.overview = overviewOf(0, 0, 3);
    expect([map.choices, map.image]).toEqual([[], null]);
    show();
    expect(folders).toEqual([]);
  });
});

describe('the cells', () => {
  it('follow the last requested folder, one request at a time', async () => {
    const gate = createGate();
    before = (folder) => (folder === 0 ? gate.passed : undefined);
    show();
    for (const folder of [5, 6, 7]) {
      map.zoomTo(folder);
      show();
    }
    expect(map.folder).toBe(7);
    gate.open();
    await vi.waitFor(() => expect(map.drawn?.folder).toBe(7));
    expect(folders).toEqual([0, 7]);
    map.zoomOut();
    expect(map.folder).toBe(1);
  });

  it('of other images are not shown, and neither is a folder of them', async () => {
    map.zoomTo(5);
    show();
    await vi.waitFor(() => expect(map.drawn?.folder).toBe(5));
    comparison.overview = overviewOf(0, 0, 0);
    expect([map.drawn, map.folder]).toEqual([null, 0]);
  });

  it('are requested again after a failure, and a later wish is not lost to it', async () => {
    const gate = createGate();
    before = async (folder) => {
      if (folder !== 0) return;
      await gate.passed;
      throw new CallError({ code: 'worker-died' });
    };
    show();
    map.zoomTo(5);
    show();
    gate.open();
    await vi.waitFor(() => expect(map.drawn?.folder).toBe(5));
    expect(map.error).toBeNull();
    map.zoomTo(0);
    show();
    await vi.waitFor(() => expect(map.error).toEqual({ code: 'worker-died' }));
    before = () => undefined;
    map.retry();
    await vi.waitFor(() => expect(map.drawn?.folder).toBe(0));
    expect(map.error).toBeNull();
  });

  it('are not requested while there is no area for them', () => {
    map.show({ overview: comparison.overview, image: 1, folder: 0, bounds: { width: 0, height: 10 } });
    expect(folders).toEqual([]);
  });
});
