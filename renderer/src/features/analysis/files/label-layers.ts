import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';
import { listLayerFacts, type LayerFacts } from '#contract/domain/layer-facts.ts';
import type { SelectionTarget } from '../../../selection/selection-state.svelte.ts';

/** The labels of one layer. */
export interface LayerLabel extends LayerFacts, SelectionTarget {
  readonly layerIndex: number;
  /** The complete instruction. */
  readonly instruction: string;
  readonly sizeBytes: number;
}

/** The layers of an image by index, with the lines that created them. */
export function labelLayers({ layers, image }: Pick<AnalysisOverview, 'layers' | 'image'>): LayerLabel[] {
  const base = { name: image.baseName ?? words.layers.baseUnnamed, line: image.baseLine };
  const facts = listLayerFacts(image, base);
  return layers.map(({ index, command, createdBy, sizeBytes }) => ({
    name: command,
    origin: 'other',
    line: null,
    evidence: null,
    copiedFrom: null,
    ...facts.get(index),
    layerIndex: index,
    instruction: command === '' ? createdBy : command,
    sizeBytes
  }));
}
