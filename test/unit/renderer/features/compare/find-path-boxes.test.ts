import { describe, expect, test } from 'vitest';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import {
  findLayerBoxes,
  findPathBoxes,
  findSharedLayers
} from '../../../../../renderer/src/features/compare/find-path-boxes.ts';

const cell = (parent: number, kind: FileCell['kind'], path: string, layer = 0): FileCell => ({
  parent,
  kind,
  layer,
  node: 1,
  path,
  sizeBytes: 1,
  hiddenBytes: 0,
  removableBytes: 0,
  matchedBytes: 1,
  fileCount: 1,
  itemCount: 0,
  change: 'added',
  fileKind: 'other',
  mtimeSeconds: 0,
  mode: 0,
  uid: 0,
  gid: 0
});
const cells = [
  cell(-1, 'image', '', -1),
  cell(0, 'layer', '', 0),
  cell(1, 'folder', '/usr', 0),
  cell(2, 'folder', '/usr/lib', 0),
  cell(2, 'other', '/usr', 0),
  cell(0, 'layer', '', 1),
  cell(5, 'file', '/usr/lib/gcc/cc1', 1)
];
// Each cell's box starts at its own index.
const layout = { boxes: Float32Array.from(cells.flatMap((_, at) => [at, 0, 1, 1])), headers: new Uint8Array(7) };
const found = (path: string): number[] => findPathBoxes(cells, layout, path).map(({ x }) => x);

describe('the boxes of a path in a treemap', () => {
  test('are its innermost cells and those below it, in every layer', () => {
    expect(found('/usr')).toEqual([3, 6]);
    expect(found('/usr/lib/gcc')).toEqual([6]);
  });

  test('are the smallest cell that contains it if it has none, and empty for a path in no cell', () => {
    expect(found('/usr/bin')).toEqual([4]);
    expect(found('/opt')).toEqual([]);
    expect(found('/us')).toEqual([]);
  });
});

test('layers that another image has too are marked in each image that has them', () => {
  const own = (index: number) => ({ index, diffId: 'd', sizeBytes: 10 * (index + 1), compressedBytes: null });
  const rows = [
    { command: 'FROM', layers: [own(0), own(1), null], sharedBy: [0, 1] },
    { command: 'RUN', layers: [own(1), null, own(0)], sharedBy: [] }
  ];
  expect([...findSharedLayers(rows, 1)]).toEqual([[1, 20]]);
  expect([...findSharedLayers(rows, 2)]).toEqual([]);
  expect(findLayerBoxes(cells, layout, new Set([1])).map(({ x }) => x)).toEqual([5]);
});
