import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { LayerCell, LayerCells } from './layer-cells.ts';

/** A rectangle in CSS pixels from the treemap's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type TreemapNode =
  | { readonly kind: 'layer'; readonly key: string; readonly level: 1 | 2; readonly box: Box; readonly cell: LayerCell }
  /** The base image's layers taken together; its own nodes follow it where there is room for them. */
  | {
      readonly kind: 'base';
      readonly key: 'base';
      readonly level: 1;
      readonly box: Box;
      readonly sizeBytes: number;
      readonly layerCount: number;
      readonly hasHeader: boolean;
    };

/** Height of the strip with the base's name, in pixels. */
export const headerHeight = 22;
/** A base drawn smaller than this shows no layers of its own. */
const smallestSplit = 44;

interface Part {
  readonly key: string;
  readonly sizeBytes: number;
}

/**
 * Places an image's layers so that area means bytes. On the first level the base image is one cell among the own
 * layers; inside it its layers share what the header leaves. `zoom` "base" gives the whole room to the base's layers.
 */
export function layOutTreemap(
  cells: LayerCells,
  room: { width: number; height: number },
  zoom: 'base' | null
): TreemapNode[] {
  const whole = { x: 0, y: 0, ...room };
  if (zoom === 'base') return placeLayers(cells.base, whole, 1);
  if (cells.base.length < 2) return placeLayers([...cells.own, ...cells.base], whole, 1);

  const parts: Part[] = [...cells.own, { key: 'base', sizeBytes: cells.baseBytes }];
  const byKey = new Map(cells.own.map((cell) => [cell.key, cell]));
  return squarify(parts, whole).flatMap(({ part, box }): TreemapNode[] => {
    const cell = byKey.get(part.key);
    return cell === undefined ? placeBase(cells, box) : [{ kind: 'layer', key: cell.key, level: 1, box, cell }];
  });
}

function placeBase(cells: LayerCells, box: Box): TreemapNode[] {
  const canSplit = box.width >= smallestSplit && box.height >= headerHeight + smallestSplit;
  const group: TreemapNode = {
    kind: 'base',
    key: 'base',
    level: 1,
    box,
    sizeBytes: cells.baseBytes,
    layerCount: cells.base.length,
    hasHeader: canSplit
  };
  if (!canSplit) return [group];
  const inside = { x: box.x, y: box.y + headerHeight, width: box.width, height: box.height - headerHeight };
  return [group, ...placeLayers(cells.base, inside, 2)];
}

function placeLayers(cells: readonly LayerCell[], room: Box, level: 1 | 2): TreemapNode[] {
  return squarify(cells, room).map(({ part, box }) => ({ kind: 'layer', key: part.key, level, box, cell: part }));
}

function squarify<P extends Part>(parts: readonly P[], room: Box): { part: P; box: Box }[] {
  if (parts.length === 0 || room.width <= 0 || room.height <= 0) return [];
  interface Datum {
    part: P | null;
    children?: Datum[];
  }
  const root = hierarchy<Datum>({ part: null, children: parts.map((part) => ({ part })) })
    .sum((datum) => datum.part?.sizeBytes ?? 0)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const placed = treemap<Datum>().tile(treemapSquarify.ratio(1.2)).size([room.width, room.height])(root);
  return placed.leaves().flatMap((leaf) =>
    leaf.data.part === null
      ? []
      : [
          {
            part: leaf.data.part,
            box: { x: room.x + leaf.x0, y: room.y + leaf.y0, width: leaf.x1 - leaf.x0, height: leaf.y1 - leaf.y0 }
          }
        ]
  );
}
