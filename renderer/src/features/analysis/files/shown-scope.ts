import type { PathDetail, TreeScope } from '#contract/schema/analysis-overview.ts';
import { isSameTarget, type SelectionTarget } from '../../../selection/selection-state.svelte.ts';
import type { FileLocation } from '../analysis-state.svelte.ts';
import type { LayerLabel } from './label-layers.ts';

/**
 * Which files are displayed: those of the complete image (layer null), of a single layer, or merged up to that layer.
 */
export interface ShownScope {
  readonly layer: number | null;
  readonly kind: TreeScope['kind'];
}

export const imageScope: ShownScope = { layer: null, kind: 'merged' };

/** Whether both show the same files. The whole image has only one kind of scope. */
export function isSameScope(a: ShownScope, b: ShownScope): boolean {
  return a.layer === b.layer && (a.layer === null || a.kind === b.kind);
}

/** The scope to query. The image has at least one layer. */
export function toTreeScope({ layer, kind }: ShownScope, layerCount: number): TreeScope {
  return layer === null ? { kind: 'merged', layer: layerCount - 1 } : { kind, layer };
}

/** The target of a row in a scope: a directory of the complete image is not from a single layer. */
export function findFileLocation(
  scope: ShownScope,
  row: { readonly node: number; readonly layer: number; readonly hasChildren: boolean }
): FileLocation {
  if (scope.layer !== null && scope.kind === 'layer') return { layer: scope.layer, node: row.node };
  return { layer: scope.layer === null && row.hasChildren ? -1 : row.layer, node: row.node };
}

/** The scopes in which to reveal a target, best first; the current one is preferred if it contains the target. */
export function listScopes(
  { layer }: FileLocation,
  detail: Pick<PathDetail, 'change' | 'hiddenByLayer'>,
  shown: ShownScope
): ShownScope[] {
  if (layer < 0) return [imageScope];
  const own: ShownScope = { layer, kind: 'layer' };
  if (isSameScope(shown, own)) return [own];
  const top = shown.layer ?? Number.POSITIVE_INFINITY;
  const isHidden = detail.change === 'removed' || (detail.hiddenByLayer !== null && detail.hiddenByLayer <= top);
  return shown.kind === 'merged' && layer <= top && !isHidden ? [shown, own] : [own];
}

/** The scope of a layer, or of a line: merged up to the last of its layers if a line created several. */
export function findTargetScope(
  target: SelectionTarget,
  layers: readonly LayerLabel[],
  shown: ShownScope
): ShownScope | null {
  const own = layers.filter((layer) => isSameTarget(layer, target));
  const last = own.at(-1);
  if (last === undefined) return null;
  const kind = own.length > 1 ? 'merged' : shown.layer === null ? 'layer' : shown.kind;
  return { layer: last.layerIndex, kind };
}
