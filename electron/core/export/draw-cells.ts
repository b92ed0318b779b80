import { formatBytes } from '#contract/format/format-bytes.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import type { LayerOrigin } from '#contract/schema/image.ts';
import { cellHeaderHeight, type CellLayout } from '#contract/treemap/layout-treemap.ts';
import { words } from '#contract/words/words.ts';
import { markup, type Markup } from './markup.ts';
import { lightColors, type ColorName } from './report-colors.ts';

export interface PictureLayer {
  readonly name: string;
  readonly origin: LayerOrigin;
}

/** The data of one treemap. */
export interface Treemap {
  readonly cells: readonly FileCell[];
  readonly layers: readonly PictureLayer[];
  readonly baseName: string;
}

const origins: readonly LayerOrigin[] = ['base', 'run', 'copy', 'other'];

/** The hatching for hidden bytes; a picture with treemaps defines it once. */
export const hatching = markup`<pattern id="hidden" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe" width="2" height="6" fill-opacity="0.7" fill="${lightColors['waste-stripe']}"/></pattern>`;

/** Draws the cells in the colors of the light theme, at the positions of the layout. */
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
  const origin = cell.kind === 'base' ? 'base' : (layers[cell.layer]?.origin ?? 'other');
  const name = cell.kind === 'base' ? baseName : (layers[cell.layer]?.name ?? '');
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(index * 4, index * 4 + 4);
  const size = formatBytes(cell.sizeBytes);
  // A truncated name leaves space for its size.
  const available = charactersIn(width, true) - size.length - 3;
  const line = available < 8 ? name : `${shorten(name, available)} · ${size}`;
  const label = headers[index] === 1 ? drawLabel(x, y, width, cellHeaderHeight, [line], true) : markup``;
  return markup`<g><title>${`${name}, ${size}`}</title>${rectangle(x, y, width, height, `${origin}-head`)}${label}</g>
`;
}

function drawCell({ cells, layers }: Treemap, { boxes }: CellLayout, index: number): Markup | null {
  const cell = cells[index];
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(index * 4, index * 4 + 4);
  if (!cell || width < minCellSize || height < minCellSize) return null;
  const size = formatBytes(cell.sizeBytes);
  const hidden = cell.hiddenBytes > 0 ? `, ${words.report.hiddenOf(formatBytes(cell.hiddenBytes))}` : '';
  const gathered = cell.kind === 'other' ? `: ${words.report.smaller(cell.itemCount)}` : '';
  const layer = layers[cell.layer];
  const path = cell.path === '' ? (layer?.name ?? '') : cell.path;
  const share = cell.sizeBytes > 0 ? Math.min(1, cell.hiddenBytes / cell.sizeBytes) : 0;
  const label =
    cell.kind === 'other'
      ? words.report.smaller(cell.itemCount)
      : cell.path === ''
        ? path
        : (path.split('/').at(-1) ?? '');
  return markup`<g><title>${`${shorten(path, 400)}${gathered}, ${size}${hidden}`}</title>${rectangle(x, y, width, height, `${layer?.origin ?? 'other'}-fill`)}${hatch(x, y, width, height, share)}${drawLabel(x, y, width, height, [label, size], false)}</g>
`;
}

/** Smaller areas are invisible. */
const minCellSize = 0.4;

/**
 * The hidden share of a cell is hatched from its lower edge up: the hatched area is proportional to the hidden bytes.
 */
function hatch(x: number, y: number, width: number, height: number, share: number): Markup {
  if (share <= 0) return markup``;
  const high = height * share;
  return markup`<rect x="${round(x)}" y="${round(y + height - high)}" width="${round(width)}" height="${round(high)}" fill="url(#hidden)"/>`;
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
  if (fitting < 4 || height < lineHeight + 2) return markup``;
  const shown = lines.slice(0, Math.floor((height - 2) / lineHeight));
  const weight = isBold ? 600 : 400;
  const drawn = shown.map(
    (line, at) =>
      markup`<text class="ink" x="${margin}" y="${12 + at * lineHeight}" font-weight="${weight}" fill="${lightColors.text}">${shorten(line, fitting)}</text>`
  );
  return markup`<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}">${drawn}</svg>`;
}

/** A legend of the colors and the hatching, in one line below `top`. */
export function drawLegend(top: number): Markup {
  const entries = [
    ...origins.map((origin) => ({
      label: words.layers.origins[origin],
      fill: lightColors[`${origin}-fill`],
      name: `${origin}-fill`
    })),
    { label: words.report.hidden, fill: 'url(#hidden)', name: 'hatched' }
  ];
  return markup`<g>${entries.map(
    ({ label, fill, name }, at) =>
      markup`<rect class="${name}" x="${4 + at * 130}" y="${top + 10}" width="12" height="12" fill="${fill}"/><text class="quiet" x="${22 + at * 130}" y="${top + 20}" fill="${lightColors.dim}">${label}</text>`
  )}</g>`;
}

/** Truncates text to this many characters, with an ellipsis. */
export function shorten(long: string, characters: number): string {
  const line = long.replace(/\s+/g, ' ').trim();
  return line.length <= characters ? line : `${line.slice(0, Math.max(0, characters - 1)).trimEnd()}…`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
