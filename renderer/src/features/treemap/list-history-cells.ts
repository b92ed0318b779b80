import type { CellFocus, FileCell } from '#contract/schema/analysis-overview.ts';
import type { ImageDetail } from '#contract/schema/image.ts';

/** The cells of an image whose files are not read: its layers, with the sizes from the history. */
export function listHistoryCells({ history }: Pick<ImageDetail, 'history'>, focus: CellFocus): FileCell[] {
  const layers = history.flatMap(({ layerIndex, sizeBytes, origin }) =>
    layerIndex === null || sizeBytes <= 0 ? [] : [{ layer: layerIndex, sizeBytes, isBase: origin === 'base' }]
  );
  const base = layers.filter(({ isBase }) => isBase);
  const own = layers.filter(({ isBase }) => !isBase);
  if (focus.layer === baseFocus.layer) return group('base', -1, base);
  const all = group('image', -1, []);
  const [image] = all;
  if (image) image.sizeBytes = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (base.length > 1) all.push(...group('base', 0, base).map((cell, at) => ({ ...cell, parent: at === 0 ? 0 : 1 })));
  const single = base.length === 1 ? base : [];
  all.push(...[...single, ...own].map(({ layer, sizeBytes }) => cellOf('layer', 0, layer, sizeBytes)));
  return all;
}

export const imageFocus: CellFocus = { layer: -1, node: 0 };
export const baseFocus: CellFocus = { layer: -2, node: 0 };

function group(
  kind: 'image' | 'base',
  parent: number,
  layers: readonly { layer: number; sizeBytes: number }[]
): FileCell[] {
  const sizeBytes = layers.reduce((sum, layer) => sum + layer.sizeBytes, 0);
  return [cellOf(kind, parent, -1, sizeBytes), ...layers.map((one) => cellOf('layer', 0, one.layer, one.sizeBytes))];
}

function cellOf(kind: FileCell['kind'], parent: number, layer: number, sizeBytes: number): FileCell {
  return {
    parent,
    kind,
    layer,
    node: 0,
    path: '',
    sizeBytes,
    hiddenBytes: 0,
    removableBytes: 0,
    matchedBytes: sizeBytes,
    fileCount: 0,
    itemCount: 0,
    change: 'unchanged',
    fileKind: 'other',
    mtimeSeconds: 0,
    mode: 0,
    uid: 0,
    gid: 0
  };
}
