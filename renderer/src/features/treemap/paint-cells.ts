import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { hatchCell, hatches, hatchNames, type HatchName } from '#contract/treemap/hatch-cells.ts';
import type { CellLayout, LayoutCell } from '#contract/treemap/layout-treemap.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { boxAt, type Box } from './box.ts';
import { fitFirst } from '#contract/format/fit-text.ts';
import type { ColorPalette } from './color-palette.ts';

/** The fields of a cell for painting. */
export type PaintedCell = LayoutCell & Partial<Pick<FileCell, 'hiddenBytes' | 'removableBytes' | 'matchedBytes'>>;

/** A part of a cell with another color. */
export interface PartOfCell {
  readonly token: string;
  /** Between 0 and 1: of the cell's bytes, and so of its area. */
  readonly share: number;
}

/** Everything needed to paint one treemap. */
export interface Painting<C extends PaintedCell> {
  readonly cells: readonly C[];
  readonly layout: CellLayout;
  /** The token of each cell's color. */
  readonly tokens: readonly string[];
  /** Candidates for a cell's label, longest first. */
  readonly labelOf: (cell: C) => readonly string[];
  /** The part of a cell with another color. */
  readonly partOf?: ((cell: C) => PartOfCell | null) | undefined;
  /** The text below a cell's name; default: its bytes. */
  readonly sizeOf?: ((cell: C) => string) | undefined;
  readonly isSearching: boolean;
  readonly palette: ColorPalette;
}

const pad = 6;
const lineHeight = 14;

/** Paints the cells into a context whose unit is the CSS pixel, over its current content. */
export function paintCells<C extends PaintedCell>(context: CanvasRenderingContext2D, painting: Painting<C>): void {
  const { cells, layout, palette } = painting;
  const isParent = new Uint8Array(cells.length);
  for (const { parent } of cells) if (parent >= 0) isParent[parent] = 1;
  const paint: Paint<C> = { ...painting, context, patterns: createPatterns(context, palette) };
  const frames: [number, Box][] = [];
  cells.forEach((cell, index) => {
    const box = boxAt(layout, index);
    if (box.width <= 0 || box.height <= 0 || cell.parent < 0) return;
    const isFrame = cell.kind === 'layer' || cell.kind === 'base';
    if (isFrame) {
      paintFrame(paint, index, box, isParent[index] === 1);
      frames.push([index, box]);
    } else if (isParent[index] === 0) paintLeaf(paint, index, box);
  });
  // Children extend to the edges, so the edges are painted last.
  for (const [index, box] of frames) paintEdge(paint, index, box);
}

interface CanvasColors {
  readonly context: CanvasRenderingContext2D;
  readonly palette: ColorPalette;
}

interface Paint<C extends PaintedCell> extends Painting<C> {
  readonly context: CanvasRenderingContext2D;
  readonly patterns: ReadonlyMap<HatchName, CanvasPattern | string>;
}

const isFaded = <C extends PaintedCell>({ cells, isSearching }: Paint<C>, index: number): boolean =>
  isSearching && cells[index]?.matchedBytes === 0;

function paintFrame<C extends PaintedCell>(paint: Paint<C>, index: number, box: Box, isParent: boolean): void {
  const { context, cells, tokens, palette, labelOf, layout } = paint;
  const cell = cells[index];
  if (!cell) return;
  const token = tokens[index] ?? 'other';
  const hasHeader = layout.headers[index] === 1;
  context.globalAlpha = isFaded(paint, index) ? 0.3 : 1;
  context.fillStyle = palette.color(isParent && hasHeader ? `${token}-head` : `${token}-fill`);
  fillRounded(context, box, 3);
  const isNamed = hasHeader || (!isParent && box.width >= 40 && box.height >= 20);
  if (isNamed) {
    const size = box.width >= 110 ? formatBytes(cell.sizeBytes) : '';
    const sizeWidth = size === '' ? 0 : paintSize(paint, size, box, box.y + 14, 'right');
    context.font = `600 11px ${palette.words}`;
    context.fillStyle = palette.color('text');
    const name = fitFirst(labelOf(cell), box.width - sizeWidth - 2 * pad, (text) => context.measureText(text).width);
    context.fillText(name, box.x + pad, box.y + 14);
    if (size === '' && !isParent && box.height >= 40) {
      paintSize(paint, formatBytes(cell.sizeBytes), box, box.y + 14 + lineHeight, 'left');
    }
  }
  context.globalAlpha = 1;
}

function paintEdge<C extends PaintedCell>(paint: Paint<C>, index: number, box: Box): void {
  const { context, tokens, palette } = paint;
  const token = tokens[index] ?? 'other';
  if (box.width < 4 || box.height < 4) return;
  context.globalAlpha = isFaded(paint, index) ? 0.3 : 1;
  context.strokeStyle = palette.color(token === 'other' ? 'dim' : token);
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, 3);
  context.stroke();
  context.globalAlpha = 1;
}

function paintLeaf<C extends PaintedCell>(paint: Paint<C>, index: number, box: Box): void {
  const { context, cells, tokens, palette, labelOf, partOf, sizeOf, patterns } = paint;
  const cell = cells[index];
  if (!cell) return;
  const faded = isFaded(paint, index);
  context.globalAlpha = faded ? 0.22 : 1;
  context.fillStyle = palette.color(`${tokens[index] ?? 'other'}-fill`);
  context.fillRect(box.x, box.y, box.width, box.height);
  const part = partOf?.(cell) ?? null;
  if (part !== null) fillFromBelow(context, box, { from: 0, share: part.share }, palette.color(part.token));
  const hatched = hatchCell(cell);
  for (const each of hatched) fillFromBelow(context, box, each, patterns.get(each.hatch) ?? '');
  if (!faded && box.width >= 48 && box.height >= 18) {
    context.font = `400 11px ${palette.words}`;
    const maxWidth = box.width - 2 * pad + 2;
    const measure = (text: string): number => context.measureText(text).width;
    const label = fitFirst(labelOf(cell), maxWidth, measure);
    const hasSize = label !== '' && box.height >= 36;
    const top = hatched.at(-1);
    const isCovered = top !== undefined && top.from + top.share > 0.5;
    if (label !== '' && isCovered) {
      paintBacking(paint, box, { width: measure(label), lines: hasSize ? 2 : 1, token: hatches[top.hatch].fill });
    }
    context.fillStyle = palette.color('text');
    context.fillText(label, box.x + pad, box.y + 14);
    if (hasSize) paintSize(paint, (sizeOf ?? bytesOf)(cell), box, box.y + 14 + lineHeight, 'left');
  }
  context.globalAlpha = 1;
}

const bytesOf = ({ sizeBytes }: PaintedCell): string => formatBytes(sizeBytes);

/** The share of the area equals the share of the bytes; `from` is the distance from the lower edge, as a share too. */
function fillFromBelow(
  context: CanvasRenderingContext2D,
  box: Box,
  { from, share }: { from: number; share: number },
  fill: CanvasPattern | string
): void {
  const height = Math.max(1, box.height * share);
  context.fillStyle = fill;
  context.fillRect(box.x, box.y + box.height * (1 - from) - height, box.width, height);
}

/** Keeps stripes away from letters. */
function paintBacking(
  { context, palette }: CanvasColors,
  box: Box,
  { width, lines, token }: { width: number; lines: number; token: string }
): void {
  const wide = Math.max(width, lines === 2 ? 52 : 0) + 2 * pad - 2;
  context.fillStyle = palette.color(token);
  context.fillRect(box.x + 1, box.y + 2, Math.min(box.width - 2, wide), lines * lineHeight + 4);
}

/** Writes a size if it fits; returns the width used, including the gap. */
function paintSize(
  { context, palette }: CanvasColors,
  size: string,
  box: Box,
  y: number,
  side: 'left' | 'right'
): number {
  context.font = `400 11px ${palette.code}`;
  const { width } = context.measureText(size);
  if (width > box.width - pad) return 0;
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * 0.82;
  context.fillStyle = palette.color('text');
  context.fillText(size, side === 'left' ? box.x + pad : box.x + box.width - width - pad, y);
  context.globalAlpha = alpha;
  return width + pad;
}

function fillRounded(context: CanvasRenderingContext2D, box: Box, radius: number): void {
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, Math.min(radius, box.width / 2, box.height / 2));
  context.fill();
}

/** The hatchings as patterns of slanted stripes. */
export function createPatterns(
  context: CanvasRenderingContext2D,
  palette: ColorPalette
): ReadonlyMap<HatchName, CanvasPattern | string> {
  return new Map(hatchNames.map((name) => [name, createPattern(context, palette, name)]));
}

function createPattern(
  context: CanvasRenderingContext2D,
  palette: ColorPalette,
  name: HatchName
): CanvasPattern | string {
  const { fill, stripe, lean } = hatches[name];
  const period = 8;
  const tile = document.createElement('canvas');
  tile.width = period;
  tile.height = period;
  const drawn = tile.getContext('2d');
  if (!drawn) return palette.color(fill);
  drawn.fillStyle = palette.color(fill);
  drawn.fillRect(0, 0, period, period);
  drawn.strokeStyle = palette.color(stripe);
  drawn.lineWidth = 2.6;
  const [bottom, top] = lean === 'right' ? [period, 0] : [0, period];
  for (const shift of [-period, 0, period]) {
    drawn.beginPath();
    drawn.moveTo(shift, bottom);
    drawn.lineTo(shift + period, top);
    drawn.stroke();
  }
  return context.createPattern(tile, 'repeat') ?? palette.color(fill);
}
