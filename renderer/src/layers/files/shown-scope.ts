import type { PathDetail, TreeScope } from '../../../../electron/contract/schema/image-files.ts';
import type { FilePlace } from '../analysis-state.svelte.ts';

/** Which files are shown: the whole image's (layer null), or a layer's own, or all up to that layer. */
export interface ShownScope {
  readonly layer: number | null;
  readonly kind: TreeScope['kind'];
}

export const wholeImage: ShownScope = { layer: null, kind: 'stack' };

export function isSameScope(a: ShownScope, b: ShownScope): boolean {
  return a.layer === b.layer && (a.layer === null || a.kind === b.kind);
}

/** What to ask for. The image has at least one layer. */
export function toTreeScope({ layer, kind }: ShownScope, layerCount: number): TreeScope {
  return layer === null ? { kind: 'stack', layer: layerCount - 1 } : { kind, layer };
}

/** The place that a row of a scope is: a folder of the whole image is no single layer's. */
export function placeOfRow(
  scope: ShownScope,
  row: { readonly node: number; readonly layer: number; readonly hasChildren: boolean }
): FilePlace {
  if (scope.layer !== null && scope.kind === 'layer') return { layer: scope.layer, node: row.node };
  return { layer: scope.layer === null && row.hasChildren ? -1 : row.layer, node: row.node };
}

/** The scopes to look for a place in, the best first; the one that is shown stays where it can show the place. */
export function scopesFor(
  { layer }: FilePlace,
  detail: Pick<PathDetail, 'change' | 'hiddenByLayer'>,
  shown: ShownScope
): ShownScope[] {
  if (layer < 0) return [wholeImage];
  const own: ShownScope = { layer, kind: 'layer' };
  if (isSameScope(shown, own)) return [own];
  const top = shown.layer ?? Number.POSITIVE_INFINITY;
  const isSeen = detail.change !== 'removed' && (detail.hiddenByLayer ?? Number.POSITIVE_INFINITY) > top;
  return shown.kind === 'stack' && layer <= top && isSeen ? [shown, own] : [own];
}
