import type { ComparisonReport } from '#contract/schema/comparison.ts';
import type { FileCell } from '#contract/schema/image-files.ts';
import { layOutCells, roomFor } from '#contract/treemap/lay-out-cells.ts';
import { words } from '#contract/words/words.ts';
import { drawCells, drawLegend, hatching, shorten, type Treemap } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
import { lightColours } from './report-colours.ts';
import { shortenName } from './name-images.ts';
import { tellSize } from './tell-size.ts';

/** How fine an image's cells are wanted, as shares of it. */
export interface Fineness {
  readonly leastShare: number;
  readonly splitShare: number;
}

export interface PicturesToDraw {
  readonly report: ComparisonReport;
  /** What each image is called. */
  readonly names: readonly string[];
  readonly treemapOf: (image: number, fineness: Fineness) => Treemap;
}

const text = words.compare;

/** All in the picture's own units. */
const width = 1200;
const gap = 24;
const headHeight = 62;
const largestHeight = 560;
const legendHeight = 28;
/** Areas below which cells are gathered, and above which a folder shows what is in it. */
const leastArea = 60;
const splitArea = 6000;

/** The images side by side on one scale, each below its headline, as a picture that needs nothing else. */
export function drawComparison({ report, names, treemapOf }: PicturesToDraw): Markup {
  const count = report.images.length;
  const columnWidth = (width - gap * (count - 1)) / count;
  const aspect = columnWidth / largestHeight;
  const sizes = report.images.map(({ sizeBytes }) => sizeBytes ?? 0);
  const bytesPerUnit = Math.max(...sizes, 1) / (columnWidth * largestHeight);
  const columns = sizes.map((sizeBytes, image) => {
    const room = roomFor(sizeBytes, bytesPerUnit, aspect);
    const area = Math.max(1, room.width * room.height);
    const fineness = { leastShare: Math.min(1, leastArea / area), splitShare: Math.min(1, splitArea / area) };
    const treemap = treemapOf(image, fineness);
    const layout = layOutCells(treemap.cells, room);
    const top = headHeight + largestHeight - room.height;
    const head = drawHead(report, names[image] ?? '', image, columnWidth);
    const shared = drawShared(report, treemap.cells, layout.boxes, image);
    return markup`<svg x="${(columnWidth + gap) * image}" y="0" width="${columnWidth}" height="${headHeight + largestHeight}">${head}<svg x="0" y="${top}" width="${room.width}" height="${room.height}">
${drawCells(treemap, layout)}${shared}</svg></svg>
`;
  });
  const height = headHeight + largestHeight + legendHeight;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="picture-title picture-description" font-family="Inter, system-ui, sans-serif" font-size="11">
<title id="picture-title">${text.report.pageTitle(names.map((name) => shorten(name, 200)))}</title>
<desc id="picture-description">${text.scale}</desc>
<defs>${hatching}</defs>
<rect class="paper" width="${width}" height="${height}" fill="${lightColours.panel}"/>
${columns}${drawLegend(headHeight + largestHeight)}${drawSharedLegend(headHeight + largestHeight)}
</svg>
`;
}

/** Name and size, and below them how the size is to the baseline's. */
function drawHead(report: ComparisonReport, name: string, image: number, columnWidth: number): Markup {
  const { size, delta } = tellSize(report, image);
  const sizeBytes = report.images[image]?.sizeBytes ?? null;
  const fitting = Math.max(4, Math.floor((columnWidth - size.length * 9 - 16) / 9.5));
  const empty =
    sizeBytes !== null && sizeBytes > 0
      ? markup``
      : markup`<text class="quiet" x="2" y="${headHeight + largestHeight - 6}" font-size="12" fill="${lightColours.dim}">${sizeBytes === null ? words.remote.notFetchedHint : text.noBytes}</text>`;
  return markup`<text class="ink" x="2" y="20" font-size="14" font-weight="600" fill="${lightColours.text}">${shortenName(name, fitting)}</text><text class="ink" x="${columnWidth - 2}" y="20" text-anchor="end" font-size="14" fill="${lightColours.text}">${size}</text><text class="${delta.tone}" x="2" y="40" font-size="12" fill="${lightColours[delta.tone]}">${delta.text}</text>${empty}`;
}

/** A dashed frame around each layer that another image here has too. */
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
  return markup`<rect class="dashed" x="${x}" y="${y}" width="${atLeast}" height="${tall}" rx="2" fill="none" stroke="${lightColours.accent}" stroke-width="1.5" stroke-dasharray="4 3"/>`;
}

function drawSharedLegend(top: number): Markup {
  const left = 700;
  return markup`<g>${drawDashed(left, top + 10, 12, 12)}<text class="quiet" x="${left + 18}" y="${top + 20}" fill="${lightColours.dim}">${text.report.sharedLayer}</text></g>`;
}
