import { describe, expect, it } from 'vitest';
import type { LayerLabel } from '../../../../../../renderer/src/features/analysis/files/label-layers.ts';
import {
  findFileLocation,
  findTargetScope,
  listScopes,
  toTreeScope,
  imageScope,
  type ShownScope
} from '../../../../../../renderer/src/features/analysis/files/shown-scope.ts';

const own = (layer: number): ShownScope => ({ layer, kind: 'layer' });
const upTo = (layer: number): ShownScope => ({ layer, kind: 'merged' });

describe('toTreeScope', () => {
  it('requests all layers of the complete image', () => {
    expect(toTreeScope(imageScope, 4)).toEqual({ kind: 'merged', layer: 3 });
    expect(toTreeScope(own(2), 4)).toEqual({ kind: 'layer', layer: 2 });
  });
});

describe('findFileLocation', () => {
  it('assigns a file of the complete image to its layer, and a directory to none', () => {
    expect(findFileLocation(imageScope, { node: 7, layer: 2, hasChildren: false })).toEqual({ layer: 2, node: 7 });
    expect(findFileLocation(imageScope, { node: 7, layer: 2, hasChildren: true })).toEqual({ layer: -1, node: 7 });
  });

  it("assigns a layer's change to that layer", () => {
    expect(findFileLocation(own(1), { node: 7, layer: -1, hasChildren: true })).toEqual({ layer: 1, node: 7 });
  });
});

describe('listScopes', () => {
  const seen = { change: 'added', hiddenByLayer: null } as const;

  it('stays in a scope that includes the file, else switches to the layer that has it', () => {
    expect(listScopes({ layer: 1, node: 7 }, seen, imageScope)).toEqual([imageScope, own(1)]);
    expect(listScopes({ layer: 1, node: 7 }, seen, own(1))).toEqual([own(1)]);
    expect(listScopes({ layer: 1, node: 7 }, seen, own(2))).toEqual([own(1)]);
    expect(listScopes({ layer: -1, node: 7 }, seen, own(2))).toEqual([imageScope]);
  });

  it('shows hidden files in their own layer, or below the one that hides them', () => {
    const hidden = { change: 'added', hiddenByLayer: 3 } as const;
    expect(listScopes({ layer: 1, node: 7 }, hidden, imageScope)).toEqual([own(1)]);
    expect(listScopes({ layer: 1, node: 7 }, hidden, upTo(2))).toEqual([upTo(2), own(1)]);
    expect(listScopes({ layer: 1, node: 7 }, hidden, upTo(3))).toEqual([own(1)]);
  });

  it('shows a removed file in the layer that removed it', () => {
    expect(listScopes({ layer: 1, node: 7 }, { change: 'removed', hiddenByLayer: null }, imageScope)).toEqual([own(1)]);
  });
});

describe('findTargetScope', () => {
  const label = (layerIndex: number, line: number | null): LayerLabel => ({
    layerIndex,
    line,
    name: '',
    instruction: '',
    origin: 'run',
    evidence: null,
    copiedFrom: null,
    sizeBytes: 0
  });
  const layers = [label(0, 1), label(1, 1), label(2, 3)];

  it('is the layer of the line, or merged layers if the line created several', () => {
    expect(findTargetScope({ line: 3, layerIndex: null }, layers, imageScope)).toEqual(own(2));
    expect(findTargetScope({ line: 3, layerIndex: 2 }, layers, upTo(0))).toEqual(upTo(2));
    expect(findTargetScope({ line: 1, layerIndex: null }, layers, imageScope)).toEqual(upTo(1));
    expect(findTargetScope({ line: 9, layerIndex: null }, layers, imageScope)).toBeNull();
  });
});
