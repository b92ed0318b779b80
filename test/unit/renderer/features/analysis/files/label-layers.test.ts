import { describe, expect, it } from 'vitest';
import { labelLayers } from '../../../../../../renderer/src/features/analysis/files/label-layers.ts';
import { historyRow } from '../history-row.ts';
import { overviewOf } from './overview.ts';

describe('labelLayers', () => {
  it('names a layer by its instruction, and the base by its image', () => {
    const overview = overviewOf([
      historyRow({ instruction: 'ADD file:1 in /', origin: 'base', layerIndex: 0 }),
      historyRow({ instruction: 'ENV A=1', layerIndex: null }),
      historyRow({ instruction: 'RUN --mount=type=cache,target=/c make \\\n  all', layerIndex: 1, line: 4 })
    ]);
    expect(labelLayers(overview)).toMatchObject([
      { layerIndex: 0, name: 'busybox', line: 1, origin: 'base' },
      { layerIndex: 1, name: 'make all', line: 4, origin: 'run' }
    ]);
  });
});
