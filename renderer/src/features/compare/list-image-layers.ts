import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { listLayerFacts, type LayerFacts } from '#contract/domain/layer-facts.ts';

/** The facts of a compared image's layers, and of its base. */
export function listImageLayers(
  { images }: ComparisonOverview,
  image: number
): { layers: ReadonlyMap<number, LayerFacts>; base: { readonly name: string; readonly line: null } } {
  const detail = images[image]?.detail;
  const base = { name: detail?.baseName ?? words.layers.baseUnnamed, line: null };
  return { layers: listLayerFacts({ history: detail?.history ?? [] }, base), base };
}
