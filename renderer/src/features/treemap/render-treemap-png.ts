import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { layoutTreemap } from '#contract/treemap/layout-treemap.ts';
import { tokenOf, type ColorMode } from './color-scheme.ts';
import type { LayerFacts } from '../../text/layer-facts.ts';
import { labelCell } from './name-cell.ts';
import { paintCells } from './paint-cells.ts';
import { paintPng } from './paint-png.ts';

const bounds = { width: 1280, height: 800 };

/** The current treemap, in its colors, as the bytes of a PNG. */
export function renderTreemapPng(
  cells: readonly FileCell[],
  layers: ReadonlyMap<number, LayerFacts>,
  baseName: string,
  { mode, isSearching }: { mode: ColorMode; isSearching: boolean }
): Promise<Uint8Array<ArrayBuffer>> {
  const now = Date.now() / 1000;
  return paintPng(bounds, (context, palette) =>
    paintCells(context, {
      cells,
      layout: layoutTreemap(cells, bounds),
      tokens: cells.map((cell) => tokenOf(cell, layers, mode, now)),
      labelOf: (cell) => labelCell(cell, layers, baseName, cells[0]),
      isSearching,
      palette
    })
  );
}
