import type { LayerFacts } from '../domain/layer-facts.ts';
import { shortenPath } from '../format/fit-text.ts';
import { formatBytes } from '../format/format-bytes.ts';
import type { FileCell } from '../schema/analysis-overview.ts';
import { words } from '../words/words.ts';

/** The title of a cell: for a path the path itself, for a layer its instruction. */
export function nameCell(cell: FileCell, layers: ReadonlyMap<number, LayerFacts>, baseName: string): string {
  switch (cell.kind) {
    case 'image':
      return words.layers.root;
    case 'base':
      return baseName;
    case 'layer':
      return nameLayer(layers.get(cell.layer));
    case 'other':
      return words.layers.smaller(cell.itemCount);
    case 'folder':
    case 'file':
      return cell.path;
  }
}

/** Candidates for a cell's label, longest first: paths relative to the treemap's focus, the `first` cell. */
export function labelCell(
  cell: FileCell,
  layers: ReadonlyMap<number, LayerFacts>,
  baseName: string,
  first: FileCell | undefined
): readonly string[] {
  const name = nameCell(cell, layers, baseName);
  if (cell.kind === 'other') return [name, words.layers.smallerShort(cell.itemCount)];
  if (cell.kind !== 'folder' && cell.kind !== 'file') return [name];
  const above = first?.kind === 'folder' ? `${first.path}/` : '';
  return shortenPath(cell.path.startsWith(above) ? cell.path.slice(above.length) : cell.path);
}

/** Describes a cell in one sentence, for assistive technology. */
export function describeCell(cell: FileCell, layers: ReadonlyMap<number, LayerFacts>, baseName: string): string {
  const { cellLabel, origins } = words.layers;
  const origin = cell.kind === 'base' ? 'base' : (layers.get(cell.layer)?.origin ?? 'other');
  return cellLabel(nameCell(cell, layers, baseName), formatBytes(cell.sizeBytes), origins[origin]);
}

function nameLayer(layer: LayerFacts | undefined): string {
  return layer === undefined || layer.name === '' ? words.layers.unknownInstruction : layer.name;
}
