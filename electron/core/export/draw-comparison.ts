import type { ComparisonReport } from '#contract/schema/comparison.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { layoutTreemap, sizeForBytes } from '#contract/treemap/layout-treemap.ts';
import { words } from '#contract/words/words.ts';
import { drawCells, drawLegend, hatching, shorten, type Treemap } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
import { lightColors } from './report-colors.ts';
import { shortenName } from './name-images.ts';
import { formatImageSize } from './format-image-size.ts';

/** The requested detail of an image's cells, as shares of it. */
export interface Resolution {
  readonly minShare: number;
  readonly splitShare: number;
}

export interface PicturesToDraw {
  readonly report: ComparisonReport;
  /** The title of each image. */
  readonly names: readonly string[];
  readonly treemapOf: (image: number, resolution: Resolution) => Treemap;
}

/** All in the picture's units. */
const width = 1200;
const gap = 24;
const headHeight = 62;
const maxHeight = 560;
const legendHeight = 28;
/** Areas below which cells are grouped, and above which a directory shows its contents. */
const minArea = 60;
const splitArea = 6000;

/** Draws the images side by side on one scale, each below its title, as a self-contained picture. */
export function drawComparison({ report, names, treemapOf }: PicturesToDraw): Markup {
  const count = report.images.length;
  const columnWidth = (width - gap * (count - 1)) / count;
  const aspect = columnWidth / maxHeight;
  const sizes = report.images.map(({ sizeBytes }) => sizeBytes ?? 0);
  const bytesPerUnit = Math.max(...sizes, 1) / (columnWidth * maxHeight);
  const treemaps: Treemap[] = [];
  const columns = sizes.map((sizeBytes, image) => {
    const bounds = sizeForBytes(sizeBytes, bytesPerUnit, aspect);
    const area = Math.max(1, bounds.width * bounds.height);
    const resolution = { minShare: Math.min(1, minArea / area), splitShare: Math.min(1, splitArea / area) };
    const treemap = treemapOf(image, resolution);
    treemaps.push(treemap);
    const layout = layoutTreemap(treemap.cells, bounds);
    const top = headHeight + maxHeight - bounds.height;
    const head = drawHead(report, names[image] ?? '', image, columnWidth);
    const shared = drawShared(report, treemap.cells, layout.boxes, image);
    return markup`<svg x="${(columnWidth + gap) * image}" y="0" width="${columnWidth}" height="${headHeight + maxHeight}">${head}<svg x="0" y="${top}" width="${bounds.width}" height="${bounds.height}">
${drawCells(treemap, layout)}${shared}</svg></svg>
`;
  });
  const height = headHeight + maxHeight + legendHeight;
  const { legend, endX } = drawLegend(headHeight + maxHeight, treemaps);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="picture-title picture-description" font-family="Inter, system-ui, sans-serif" font-size="11">
<title id="picture-title">${words.compare.report.pageTitle(names.map((name) => shorten(name, 200)))}</title>
<desc id="picture-description">${words.compare.scale}</desc>
<defs>${hatching}</defs>
<rect class="paper" width="${width}" height="${height}" fill="${lightColors.panel}"/>
${columns}${legend}${drawSharedLegend(endX, headHeight + maxHeight)}
</svg>
`;
}

/** Name and size, and below them the difference to the baseline's size. */
function drawHead(report: ComparisonReport, name: string, image: number, columnWidth: number): Markup {
  const { size, delta } = formatImageSize(report, image);
  const sizeBytes = report.images[image]?.sizeBytes ?? null;
  const fitting = Math.max(4, Math.floor((columnWidth - size.length * 9 - 16) / 9.5));
  const empty =
    sizeBytes !== null && sizeBytes > 0
      ? markup``
      : markup`<text class="quiet" x="2" y="${headHeight + maxHeight - 6}" font-size="12" fill="${lightColors.dim}">${sizeBytes === null ? words.remote.notFetchedHint : words.compare.noBytes}</text>`;
  return markup`<text class="ink" x="2" y="20" font-size="14" font-weight="600" fill="${lightColors.text}">${shortenName(name, fitting)}</text><text class="ink" x="${columnWidth - 2}" y="20" text-anchor="end" font-size="14" fill="${lightColors.text}">${size}</text><text class="${delta.tone}" x="2" y="40" font-size="12" fill="${lightColors[delta.tone]}">${delta.text}</text>${empty}`;
}

/** A dashed frame around each layer that another compared image has too. */
function drawShared(
  { layers }: ComparisonReport,
  cells: readonly FileCell[],
  boxes: Float32Array,
  image: number
): Markup[] {
  const shared = new Set(
    layers.flatMap((row) => (row.sharedBy.includes(image) ? [row.layers[image]?.index ?? -1] : []))
  );
  return cells.flatMap(({ kind, layer }, index) => {
    if (kind !== 'layer' || !shared.has(layer)) return [];
    const [x = 0, y = 0, wide = 0, high = 0] = boxes.subarray(index * 4, index * 4 + 4);
    return [drawDashed(x + 1, y + 1, wide - 2, high - 2)];
  });
}

function drawDashed(x: number, y: number, wide: number, high: number): Markup {
  const [atLeast, tall] = [Math.max(0, wide), Math.max(0, high)];
  return markup`<rect class="dashed" x="${x}" y="${y}" width="${atLeast}" height="${tall}" rx="2" fill="none" stroke="${lightColors.accent}" stroke-width="1.5" stroke-dasharray="4 3"/>`;
}

function drawSharedLegend(left: number, top: number): Markup {
  return markup`<g>${drawDashed(left, top + 10, 12, 12)}<text class="quiet" x="${left + 18}" y="${top + 20}" fill="${lightColors.dim}">${words.compare.report.sharedLayer}</text></g>`;
}
