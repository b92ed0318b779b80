import { describeDeltaOf } from '#contract/format/describe-delta.ts';
import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import { listHatches } from '#contract/treemap/hatch-cells.ts';
import { layoutTreemap, sizeForBytes, type TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { computeCellShares } from '../treemap/compute-cell-shares.ts';
import { legendOf, tokenOf } from '../treemap/color-scheme.ts';
import { fitText } from '#contract/format/fit-text.ts';
import { labelCell } from '#contract/treemap/name-cell.ts';
import { legendHeight, paintLegend, type Legend } from '../treemap/paint-caption.ts';
import { paintCells } from '../treemap/paint-cells.ts';
import { paintPng } from '../treemap/paint-png.ts';
import type { ColorPalette } from '../treemap/color-palette.ts';
import { splitName } from './compared-image.ts';
import { listImageLayers } from './list-image-layers.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';
import {
  labelDifference,
  legendOfDifference,
  oppositePart,
  tokenOfDifference,
  formatDifference
} from './describe-difference.ts';
import type { DifferenceMapState } from './difference-map-state.svelte.ts';
import { findLayerBoxes, findSharedLayers } from './find-path-boxes.ts';

const pictureSize = { width: 1440, height: 800 };
const margin = 16;
const headHeight = 48;
/** Below the pictures, with the legend. */
const footHeight = legendHeight + 4;

/** The current view as the bytes of a PNG: the difference, or else the images side by side. */
export function renderComparisonPng(
  comparison: ComparisonState,
  overview: ComparisonOverview,
  map: DifferenceMapState
): Promise<Uint8Array<ArrayBuffer>> {
  return comparison.view === 'difference'
    ? renderDifference(comparison, overview, map)
    : renderImages(comparison, overview);
}

async function renderImages(
  comparison: ComparisonState,
  overview: ComparisonOverview
): Promise<Uint8Array<ArrayBuffer>> {
  const sizes = overview.totals.sizes.map((size) => size ?? 0);
  const columnWidth = (pictureSize.width - margin * (sizes.length + 1)) / sizes.length;
  const height = pictureSize.height - headHeight - margin - footHeight;
  const bytesPerPixel = Math.max(1, ...sizes) / (columnWidth * height);
  const pictures = await Promise.all(
    sizes.map(async (sizeBytes, image) => {
      const bounds = sizeForBytes(sizeBytes, bytesPerPixel, columnWidth / height);
      const { cells } = await comparison.call('cells', { image, ...computeCellShares(bounds) });
      return { cells, bounds, layout: layoutTreemap(cells, bounds), ...listImageLayers(overview, image) };
    })
  );
  const used = new Set(pictures.flatMap(({ layers }) => [...layers.values()].map(({ origin }) => origin)));
  const legend: Legend = {
    entries: legendOf('origin', used),
    hatched: listHatches(pictures.flatMap(({ cells }) => cells)),
    hasShared: overview.layers.some(({ sharedBy }) => sharedBy.length > 0)
  };
  return paintPng(pictureSize, (context, palette) => {
    paintLegend(context, palette, legend, footLine);
    pictures.forEach(({ cells, bounds, layout, layers, base }, image) => {
      const left = margin + (columnWidth + margin) * image;
      paintHead(context, palette, headOf(comparison, overview, image), { left, width: columnWidth });
      context.save();
      context.translate(left, pictureSize.height - footHeight - bounds.height);
      paintCells(context, {
        cells,
        layout,
        tokens: cells.map((cell) => tokenOf(cell, layers, 'origin', 0)),
        labelOf: (cell) => labelCell(cell, layers, base.name, cells[0]),
        isSearching: false,
        palette
      });
      context.strokeStyle = palette.color('accent');
      context.lineWidth = 1.5;
      context.setLineDash([4, 3]);
      const shared = new Set(findSharedLayers(overview.layers, image).keys());
      for (const { x, y, width, height } of findLayerBoxes(cells, layout, shared)) {
        context.strokeRect(x + 1, y + 1, Math.max(0, width - 2), Math.max(0, height - 2));
      }
      context.restore();
    });
  });
}

async function renderDifference(
  comparison: ComparisonState,
  overview: ComparisonOverview,
  map: DifferenceMapState
): Promise<Uint8Array<ArrayBuffer>> {
  const { folder } = map;
  const { baseline } = comparison;
  const image = map.image ?? baseline;
  const bounds: TreemapSize = {
    width: pictureSize.width - 2 * margin,
    height: pictureSize.height - headHeight - margin - footHeight
  };
  const { cells } = await comparison.call('differences', { baseline, image, folder, ...computeCellShares(bounds) });
  const head = headOf(comparison, overview, image);
  const against = words.compare.map.comparedWith(comparison.images[overview.filesBaseline ?? baseline]?.name ?? '');
  return paintPng(pictureSize, (context, palette) => {
    const name = [head.name, against, cells[0]?.path ?? ''].filter((part) => part !== '').join('  ');
    paintHead(context, palette, { ...head, name, shortName: name }, { left: margin, width: bounds.width });
    const { moreBytes = 0, fewerBytes = 0 } = cells[0] ?? {};
    paintLegend(context, palette, { entries: legendOfDifference({ moreBytes, fewerBytes }), hatched: [] }, footLine);
    context.translate(margin, pictureSize.height - footHeight - bounds.height);
    paintCells(context, {
      cells,
      layout: layoutTreemap(cells, bounds),
      tokens: cells.map(tokenOfDifference),
      labelOf: (cell) => labelDifference(cell, cells[0]),
      partOf: oppositePart,
      sizeOf: formatDifference,
      isSearching: false,
      palette
    });
  });
}

const footLine = { left: margin, top: pictureSize.height - footHeight + 2, width: pictureSize.width - 2 * margin };

interface Head {
  readonly name: string;
  /** The end of the name, if there is no space for all of it. */
  readonly shortName: string;
  readonly size: string;
  readonly delta: string;
  /** Token of the delta's color. */
  readonly tone: string;
}

function headOf({ images, baseline }: ComparisonState, overview: ComparisonOverview, image: number): Head {
  const delta = describeDeltaOf(overview, image, baseline);
  const sizeBytes = overview.totals.sizes[image] ?? null;
  const compressedBytes = overview.images[image]?.remote?.compressedBytes ?? 0;
  const isBaseline = image === baseline;
  const name = images[image]?.name ?? '';
  const withChip = (part: string): string => [part, images[image]?.chip].filter((each) => each != null).join(' · ');
  return {
    name: withChip(name),
    shortName: withChip(splitName(name).suffix),
    size: sizeBytes === null ? words.remote.compressed(formatBytes(compressedBytes)) : formatBytes(sizeBytes),
    delta: isBaseline ? words.compare.baseline : delta.text,
    tone: isBaseline ? 'dim' : delta.tone
  };
}

function paintHead(
  context: CanvasRenderingContext2D,
  palette: ColorPalette,
  { name, shortName, size, delta, tone }: Head,
  { left, width }: { left: number; width: number }
): void {
  const measure = (text: string): number => context.measureText(text).width;
  context.font = `500 16px ${palette.code}`;
  const sizeWidth = measure(size);
  context.fillStyle = palette.color('text');
  context.fillText(size, left + width - sizeWidth, margin + 16);
  context.font = `600 13px ${palette.words}`;
  const bounds = width - sizeWidth - margin;
  context.fillText(fitText(measure(name) > bounds ? shortName : name, bounds, measure), left, margin + 16);
  context.font = `400 13px ${palette.words}`;
  context.fillStyle = palette.color(tone);
  context.fillText(fitText(delta, width, measure), left, margin + 36);
}
