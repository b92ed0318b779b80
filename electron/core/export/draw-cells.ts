import { formatBytes } from '#contract/format/format-bytes.ts';
import type { LayerFacts } from '#contract/domain/layer-facts.ts';
import { fitFirst } from '#contract/format/fit-text.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import type { LayerOrigin } from '#contract/schema/image.ts';
import { hatchCell, hatches, hatchNames, listHatches, type HatchedPart } from '#contract/treemap/hatch-cells.ts';
import { cellHeaderHeight, type CellLayout } from '#contract/treemap/layout-treemap.ts';
import { labelCell, nameCell } from '#contract/treemap/name-cell.ts';
import { words } from '#contract/words/words.ts';
import { markup, type Markup } from './markup.ts';
import { lightColors, type ColorName } from './report-colors.ts';

/** The data of one treemap. */
export interface Treemap {
  readonly cells: readonly FileCell[];
  readonly layers: ReadonlyMap<number, LayerFacts>;
  readonly baseName: string;
}

const origins: readonly LayerOrigin[] = ['run', 'copy', 'other', 'base'];

/** Wide enough to be visible when a picture is scaled down to the width of a phone; in the picture's units. */
const hatchPeriod = 14;

/** The hatchings; a picture with treemaps defines them once. */
export const hatching = markup`${hatchNames.map((name) => {
  const { fill, stripe, lean } = hatches[name];
  const degrees = lean === 'right' ? 45 : -45;
  return markup`<pattern id="${name}" width="${hatchPeriod}" height="${hatchPeriod}" patternUnits="userSpaceOnUse" patternTransform="rotate(${degrees})"><rect class="${fill}" width="${hatchPeriod}" height="${hatchPeriod}" fill="${lightColors[fill]}"/><rect class="${stripe}" width="5" height="${hatchPeriod}" fill="${lightColors[stripe]}"/></pattern>`;
})}`;

/** Draws the cells in the colors of the light theme, at the positions of the layout, with the names of the window. */
export function drawCells(treemap: Treemap, layout: CellLayout): Markup[] {
  const isSplit = new Set(treemap.cells.map(({ parent }) => parent));
  return treemap.cells.flatMap((_, index) => {
    const drawn = isSplit.has(index) ? drawGroup(treemap, layout, index) : drawCell(treemap, layout, index);
    return drawn === null ? [] : [drawn];
  });
}

function drawGroup({ cells, layers, baseName }: Treemap, { boxes, headers }: CellLayout, index: number): Markup | null {
  const cell = cells[index];
  if (cell?.kind !== 'layer' && cell?.kind !== 'base') return null;
  const origin = cell.kind === 'base' ? 'base' : (layers.get(cell.layer)?.origin ?? 'other');
  const name = nameCell(cell, layers, baseName);
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(index * 4, index * 4 + 4);
  const size = formatBytes(cell.sizeBytes);
  // A truncated name leaves space for its size.
  const available = charactersIn(width, true) - size.length - 3;
  const line = available < 8 ? name : `${shorten(name, available)} · ${size}`;
  const label = headers[index] === 1 ? drawLabel(x, y, width, cellHeaderHeight, [line], true) : markup``;
  return markup`<g><title>${`${name}, ${size}`}</title>${rectangle(x, y, width, height, `${origin}-head`)}${label}</g>
`;
}

function drawCell({ cells, layers, baseName }: Treemap, { boxes }: CellLayout, index: number): Markup | null {
  const cell = cells[index];
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(index * 4, index * 4 + 4);
  if (!cell || width < minCellSize || height < minCellSize) return null;
  const size = formatBytes(cell.sizeBytes);
  const gathered = cell.kind === 'other' ? `${cell.path} ` : '';
  const title = `${shorten(`${gathered}${nameCell(cell, layers, baseName)}`, 400)}, ${[size, ...hatchedSizes(cell)].join(', ')}`;
  const origin = layers.get(cell.layer)?.origin ?? 'other';
  const parts = hatchCell(cell);
  const top = parts.at(-1);
  const isCovered = top !== undefined && top.from + top.share > 0.5;
  const measure = (text: string): number => text.length * characterWidth.plain;
  const label = fitFirst(labelCell(cell, layers, baseName, cells[0]), width - 2 * margin, measure);
  const lines = label === '' ? [] : [label, size];
  const backing = isCovered ? drawBacking({ x, y, width, height }, lines, hatches[top.hatch].fill) : markup``;
  return markup`<g><title>${title}</title>${rectangle(x, y, width, height, `${origin}-fill`)}${parts.map((part) => hatch(x, y, width, height, part))}${backing}${drawLabel(x, y, width, height, lines, false)}</g>
`;
}

/** "4.0 MB removable", for each hatching of a cell. */
function hatchedSizes(cell: FileCell): string[] {
  return hatchNames.flatMap((name) => {
    const bytes = cell[`${name}Bytes`];
    return bytes > 0 ? [words.layers.hatchedPart(formatBytes(bytes), words.layers.hatches[name])] : [];
  });
}

/** Smaller areas are invisible. */
const minCellSize = 0.4;

/** A hatched part of a cell, from its lower edge up: its area is proportional to its bytes. */
function hatch(x: number, y: number, width: number, height: number, { hatch: name, from, share }: HatchedPart): Markup {
  const high = height * share;
  return markup`<rect x="${round(x)}" y="${round(y + height * (1 - from) - high)}" width="${round(width)}" height="${round(high)}" fill="url(#${name})"/>`;
}

/** Keeps stripes away from letters. */
function drawBacking(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  lines: readonly string[],
  color: ColorName
): Markup {
  const shown = lines.slice(0, Math.floor((height - 2) / lineHeight));
  const wide = Math.max(0, ...shown.map((line) => line.length * characterWidth.plain)) + 2 * margin;
  if (shown.length === 0) return markup``;
  return rectangle(x, y, Math.min(width, wide), Math.min(height, shown.length * lineHeight + 4), color);
}

function rectangle(x: number, y: number, width: number, height: number, color: ColorName): Markup {
  return markup`<rect class="${color}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${lightColors[color]}"/>`;
}

const lineHeight = 14;
/** Widths of a wide fallback font: the viewer may not have Inter. */
const characterWidth = { plain: 6.4, bold: 7.2 };
const margin = 4;

function charactersIn(width: number, isBold: boolean): number {
  return Math.floor((width - 2 * margin) / characterWidth[isBold ? 'bold' : 'plain']);
}

/** Lines of text, clipped to their cell. */
function drawLabel(x: number, y: number, width: number, height: number, lines: string[], isBold: boolean): Markup {
  const fitting = charactersIn(width, isBold);
  if (fitting < 4 || height < lineHeight + 2 || lines.length === 0) return markup``;
  const shown = lines.slice(0, Math.floor((height - 2) / lineHeight));
  const weight = isBold ? 600 : 400;
  const drawn = shown.map(
    (line, at) =>
      markup`<text class="ink" x="${margin}" y="${12 + at * lineHeight}" font-weight="${weight}" fill="${lightColors.text}">${shorten(line, fitting)}</text>`
  );
  return markup`<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}">${drawn}</svg>`;
}

/** A legend of the colors and the hatchings that the treemaps have, in one line below `top`, and where it ends. */
export function drawLegend(top: number, treemaps: readonly Treemap[]): { legend: Markup; endX: number } {
  const used = new Set(treemaps.flatMap(({ layers }) => [...layers.values()].map(({ origin }) => origin)));
  const entries = [
    ...origins
      .filter((origin) => used.has(origin))
      .map((origin) => ({
        label: words.layers.origins[origin],
        fill: lightColors[`${origin}-fill`],
        name: `${origin}-fill`
      })),
    ...listHatches(treemaps.flatMap(({ cells }) => cells)).map((name) => ({
      label: words.layers.hatches[name],
      fill: `url(#${name})`,
      name: 'hatched'
    }))
  ];
  let endX = margin;
  const drawn = entries.map(({ label, fill, name }) => {
    const x = endX;
    endX += 18 + label.length * characterWidth.plain + 18;
    return markup`<rect class="${name}" x="${x}" y="${top + 8}" width="14" height="14" fill="${fill}"/><text class="quiet" x="${x + 20}" y="${top + 19}" fill="${lightColors.dim}">${label}</text>`;
  });
  return { legend: markup`<g>${drawn}</g>`, endX };
}

/** Truncates text to this many characters, with an ellipsis. */
export function shorten(long: string, characters: number): string {
  const line = long.replace(/\s+/g, ' ').trim();
  return line.length <= characters ? line : `${line.slice(0, Math.max(0, characters - 1)).trimEnd()}…`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
