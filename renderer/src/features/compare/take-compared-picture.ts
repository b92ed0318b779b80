import { describeDeltaOf } from '#contract/format/delta-text.ts';
import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import { layOutCells, roomFor, type CellRoom } from '#contract/treemap/lay-out-cells.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../text/bytes.ts';
import { sharesOfRoom } from '../treemap/cell-shares.ts';
import { tokenOf } from '../treemap/colour-scheme.ts';
import { fitText } from '../../text/fit-text.ts';
import { labelCell } from '../treemap/name-cell.ts';
import { paintCells } from '../treemap/paint-cells.ts';
import { paintPng } from '../treemap/paint-png.ts';
import type { Palette } from '../treemap/palette.ts';
import { splitName } from './compared-image.ts';
import { layersOfImage } from './compared-layers.ts';
import type { ComparisonState } from './comparison-state.svelte.ts';
import { labelDifference, contraryPart, tokenOfDifference, writeDifference } from './difference-cell-words.ts';
import type { DifferenceMapState } from './difference-map-state.svelte.ts';
import { boxesOfLayers, sharedLayersOf } from './picture-boxes.ts';

const whole = { width: 1440, height: 800 };
const margin = 16;
const headHeight = 48;

/** The picture of the view that is open, as the bytes of a PNG: the difference, or else the images side by side. */
export function takeComparedPicture(
  comparison: ComparisonState,
  overview: ComparisonOverview,
  map: DifferenceMapState
): Promise<Uint8Array<ArrayBuffer>> {
  return comparison.view === 'difference'
    ? takeDifference(comparison, overview, map)
    : takeImages(comparison, overview);
}

async function takeImages(comparison: ComparisonState, overview: ComparisonOverview): Promise<Uint8Array<ArrayBuffer>> {
  const sizes = overview.totals.sizes.map((size) => size ?? 0);
  const columnWidth = (whole.width - margin * (sizes.length + 1)) / sizes.length;
  const height = whole.height - headHeight - 2 * margin;
  const bytesPerPixel = Math.max(1, ...sizes) / (columnWidth * height);
  const pictures = await Promise.all(
    sizes.map(async (sizeBytes, image) => {
      const room = roomFor(sizeBytes, bytesPerPixel, columnWidth / height);
      const { cells } = await comparison.ask('cells', { image, ...sharesOfRoom(room) });
      return { cells, room, layout: layOutCells(cells, room), ...layersOfImage(overview, image) };
    })
  );
  return paintPng(whole, (context, palette) =>
    pictures.forEach(({ cells, room, layout, layers, base }, image) => {
      const left = margin + (columnWidth + margin) * image;
      paintHead(context, palette, headOf(comparison, overview, image), { left, width: columnWidth });
      context.save();
      context.translate(left, whole.height - margin - room.height);
      paintCells(context, {
        cells,
        layout,
        tokens: cells.map((cell) => tokenOf(cell, layers, 'origin', 0)),
        labelOf: (cell) => labelCell(cell, layers, base.name, cells[0]),
        isSearching: false,
        palette
      });
      context.strokeStyle = palette.colour('accent');
      context.lineWidth = 1.5;
      context.setLineDash([4, 3]);
      const shared = new Set(sharedLayersOf(overview.layers, image).keys());
      for (const { x, y, width, height } of boxesOfLayers(cells, layout, shared)) {
        context.strokeRect(x + 1, y + 1, Math.max(0, width - 2), Math.max(0, height - 2));
      }
      context.restore();
    })
  );
}

async function takeDifference(
  comparison: ComparisonState,
  overview: ComparisonOverview,
  map: DifferenceMapState
): Promise<Uint8Array<ArrayBuffer>> {
  const { folder } = map;
  const { baseline } = comparison;
  const image = map.image ?? baseline;
  const room: CellRoom = { width: whole.width - 2 * margin, height: whole.height - headHeight - 2 * margin };
  const { cells } = await comparison.ask('differences', { baseline, image, folder, ...sharesOfRoom(room) });
  const head = headOf(comparison, overview, image);
  const against = words.compare.map.against(comparison.images[overview.filesBaseline ?? baseline]?.name ?? '');
  return paintPng(whole, (context, palette) => {
    const name = [head.name, against, cells[0]?.path ?? ''].filter((part) => part !== '').join('  ');
    paintHead(context, palette, { ...head, name, shortName: name }, { left: margin, width: room.width });
    context.translate(margin, whole.height - margin - room.height);
    paintCells(context, {
      cells,
      layout: layOutCells(cells, room),
      tokens: cells.map(tokenOfDifference),
      labelOf: (cell) => labelDifference(cell, cells[0]),
      partOf: contraryPart,
      sizeOf: writeDifference,
      isSearching: false,
      palette
    });
  });
}

interface Head {
  readonly name: string;
  /** The end of the name, for where there is no room for all. */
  readonly shortName: string;
  readonly size: string;
  readonly delta: string;
  /** Token of the delta's colour. */
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
    shortName: withChip(splitName(name).own),
    size: sizeBytes === null ? words.remote.compressed(formatBytes(compressedBytes)) : formatBytes(sizeBytes),
    delta: isBaseline ? words.compare.baseline : delta.text,
    tone: isBaseline ? 'dim' : delta.tone
  };
}

function paintHead(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { name, shortName, size, delta, tone }: Head,
  { left, width }: { left: number; width: number }
): void {
  const measure = (text: string): number => context.measureText(text).width;
  context.font = `500 16px ${palette.code}`;
  const sizeWidth = measure(size);
  context.fillStyle = palette.colour('text');
  context.fillText(size, left + width - sizeWidth, margin + 16);
  context.font = `600 13px ${palette.words}`;
  const room = width - sizeWidth - margin;
  context.fillText(fitText(measure(name) > room ? shortName : name, room, measure), left, margin + 16);
  context.font = `400 13px ${palette.words}`;
  context.fillStyle = palette.colour(tone);
  context.fillText(fitText(delta, width, measure), left, margin + 36);
}
