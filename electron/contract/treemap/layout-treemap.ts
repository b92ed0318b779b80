import { hierarchy, treemap, treemapSquarify, type HierarchyRectangularNode } from 'd3-hierarchy';
import type { FileCell } from '../schema/analysis-overview.ts';

/** Height of the header with the name of a layer or of the base, in pixels. */
export const cellHeaderHeight = 20;
/** A layer narrower or lower than this has no header, in pixels. */
const minSizeWithHeader = 44;
const layerGap = 2;
const cellGap = 1;

export interface TreemapSize {
  readonly width: number;
  readonly height: number;
}

/** The fields of a cell that determine its position. */
export type LayoutCell = Pick<FileCell, 'parent' | 'kind' | 'sizeBytes'>;

/** The position of each cell, in the order of the cells. */
export interface CellLayout {
  /** Four numbers per cell: x, y, width, height, in pixels from the upper left corner. */
  readonly boxes: Float32Array;
  /** 1 if a header of `cellHeaderHeight` is reserved at the top of the cell. */
  readonly headers: Uint8Array;
}

/**
 * Lays out the cells of a treemap within bounds so that area is proportional to bytes: each cell gets its share of the
 * remaining area of its parent, minus half of the gap to its neighbors on each side. A parent is as large as
 * its children together. Cells without bytes get no area.
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

/** Bounds whose area corresponds to this many bytes: on a common scale, twice the bytes have twice the area. */
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

/** d3 places cells thinner than the gap slightly outside of their parent; clamp them. */
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

/** The root cell has none: its name is above the picture. */
function hasHeader(node: HierarchyRectangularNode<number>, cell: LayoutCell | undefined): boolean {
  return (
    node.depth > 0 &&
    (cell?.kind === 'layer' || cell?.kind === 'base') &&
    node.x1 - node.x0 >= minSizeWithHeader &&
    node.y1 - node.y0 >= minSizeWithHeader
  );
}
