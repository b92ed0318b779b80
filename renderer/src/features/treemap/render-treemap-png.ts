import type { LayerFacts } from '#contract/domain/layer-facts.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { listHatches } from '#contract/treemap/hatch-cells.ts';
import { layoutTreemap } from '#contract/treemap/layout-treemap.ts';
import { labelCell } from '#contract/treemap/name-cell.ts';
import { legendOf, tokenOf, type ColorMode } from './color-scheme.ts';
import { legendHeight, paintLegend, paintTitle, titleHeight } from './paint-caption.ts';
import { paintCells } from './paint-cells.ts';
import { paintPng } from './paint-png.ts';

const bounds = { width: 1280, height: 800 };
const margin = 12;

/** The treemap that is displayed, and what a picture says about it. */
export interface TreemapPicture {
  /** The image's name, and the path that is displayed. */
  readonly name: string;
  /** Its numbers. */
  readonly caption: string;
  readonly cells: readonly FileCell[];
  readonly layers: ReadonlyMap<number, LayerFacts>;
  readonly baseName: string;
  readonly mode: ColorMode;
  readonly isSearching: boolean;
}

/** The current treemap, in its colors, with its title and legend, as the bytes of a PNG. */
export function renderTreemapPng(picture: TreemapPicture): Promise<Uint8Array<ArrayBuffer>> {
  const { cells, layers, baseName, mode, isSearching } = picture;
  const now = Date.now() / 1000;
  const width = bounds.width - 2 * margin;
  const map = { width, height: bounds.height - titleHeight - legendHeight };
  const tokens = cells.map((cell) => tokenOf(cell, layers, mode, now));
  const used = new Set(tokens.filter((_, index) => cells[index]?.kind !== 'other' && cells[index]?.kind !== 'image'));
  return paintPng(bounds, (context, palette) => {
    paintTitle(context, palette, picture, { left: margin, top: 0, width });
    context.save();
    context.translate(margin, titleHeight);
    paintCells(context, {
      cells,
      layout: layoutTreemap(cells, map),
      tokens,
      labelOf: (cell) => labelCell(cell, layers, baseName, cells[0]),
      isSearching,
      palette
    });
    context.restore();
    const legend = { entries: legendOf(mode, used), hatched: listHatches(cells) };
    paintLegend(context, palette, legend, { left: margin, top: bounds.height - legendHeight, width });
  });
}
