import { hierarchy, treemap, treemapSquarify, type HierarchyRectangularNode } from 'd3-hierarchy';
import type { FileCell } from '../schema/analysis-overview.ts';

/** Height of the strip with the name of a layer or of the base, in pixels. */
export const cellHeaderHeight = 20;
/** A layer that is less wide or high than this has no strip, in pixels. */
const minSizeWithHeader = 44;
const layerGap = 2;
const cellGap = 1;

export interface TreemapSize {
  readonly width: number;
  readonly height: number;
}

/** What of a cell decides its place. */
export type LayoutCell = Pick<FileCell, 'parent' | 'kind' | 'sizeBytes'>;

/** Where each cell is, in the order of the cells. */
export interface CellLayout {
  /** Four numbers a cell: x, y, width, height, in pixels from the picture's upper left corner. */
  readonly boxes: Float32Array;
  /** 1 where a strip of `cellHeaderHeight` is kept free at the top of the cell. */
  readonly headers: Uint8Array;
}

/**
 * Places the cells of a treemap in a room so that area means bytes: each cell is given its share of the room that is
 * left in the cell around it, less half of the gap to its neighbours on each side. What has cells in it is as large as
 * they are together. Cells without bytes get no area.
 */
export function layoutTreemap(cells: readonly LayoutCell[], bounds: TreemapSize): CellLayout {
  const boxes = new Float32Array(cells.length * 4);
  const headers = new Uint8Array(cells.length);
  if (cells.length === 0 || !(bounds.width > 0) || !(bounds.height > 0)) return { boxes, headers };

  const children = listChildren(cells);
  const root = hierarchy(0, (cell) => children[cell])
    .sum((cell) => (children[cell] === undefined ? Math.max(0, cells[cell]?.sizeBytes ?? 0) : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  if (root.value === 0) return { boxes, headers };

  const layout = treemap<number>()
    .tile(treemapSquarify.ratio(1.2))
    .size([bounds.width, bounds.height])
    .paddingInner((node) => (holdsLayers(cells[node.data]) ? layerGap : cellGap))
    .paddingTop((node) => (hasHeader(node, cells[node.data]) ? cellHeaderHeight : 0));
  layout(root).each((node) => {
    if (node.children && hasHeader(node, cells[node.data])) headers[node.data] = 1;
    clampToParent(node, headers);
    boxes.set([node.x0, node.y0, node.x1 - node.x0, node.y1 - node.y0], node.data * 4);
  });
  return { boxes, headers };
}

/** The room whose area is that of so many bytes: of pictures on one scale, the one of twice the bytes is twice as large. */
export function sizeForBytes(sizeBytes: number, bytesPerPixel: number, aspect: number): TreemapSize {
  const area = bytesPerPixel > 0 ? Math.max(0, sizeBytes) / bytesPerPixel : 0;
  const width = Math.sqrt(area * aspect);
  return { width, height: width / aspect };
}

function listChildren(cells: readonly LayoutCell[]): (number[] | undefined)[] {
  const children: (number[] | undefined)[] = new Array<undefined>(cells.length);
  cells.forEach(({ parent }, index) => {
    if (index > 0) (children[parent] ??= []).push(index);
  });
  return children;
}

/** What is thinner than its gap is left a hair outside of the cell around it, of which it must not stick out. */
function clampToParent(node: HierarchyRectangularNode<number>, headers: Uint8Array): void {
  const { parent } = node;
  if (!parent) return;
  const top = Math.min(parent.y1, parent.y0 + (headers[parent.data] === 1 ? cellHeaderHeight : 0));
  node.x0 = clamp(node.x0, parent.x0, parent.x1);
  node.x1 = clamp(node.x1, parent.x0, parent.x1);
  node.y0 = clamp(node.y0, top, parent.y1);
  node.y1 = clamp(node.y1, top, parent.y1);
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

const holdsLayers = (cell: LayoutCell | undefined): boolean => cell?.kind === 'image' || cell?.kind === 'base';

/** The cell that the picture is of has none: its name stands above the picture. */
function hasHeader(node: HierarchyRectangularNode<number>, cell: LayoutCell | undefined): boolean {
  return (
    node.depth > 0 &&
    (cell?.kind === 'layer' || cell?.kind === 'base') &&
    node.x1 - node.x0 >= minSizeWithHeader &&
    node.y1 - node.y0 >= minSizeWithHeader
  );
}
