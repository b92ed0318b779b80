import type { ComparedLayer } from '#contract/schema/comparison.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import type { CellLayout } from '#contract/treemap/layout-treemap.ts';
import { boxAt, type Box } from '../treemap/box.ts';

/** The fields of a cell that identify its path. */
type PathCell = Pick<FileCell, 'kind' | 'path' | 'parent'>;

/** Where a path is in a treemap: its cells and those below it, or the smallest cell that contains it. */
export function findPathBoxes(cells: readonly PathCell[], layout: CellLayout, path: string): Box[] {
  const isIn = (of: string): boolean => of === path || of.startsWith(`${path}/`);
  const parents = new Set(cells.map(({ parent }) => parent));
  const found = cells.flatMap((cell, index) => (isPath(cell) && isIn(cell.path) && !parents.has(index) ? [index] : []));
  if (found.length > 0) return found.map((index) => boxAt(layout, index));
  const around = cells.findLastIndex(
    (cell) => (cell.kind === 'other' || isPath(cell)) && path.startsWith(`${cell.path}/`) && cell.path !== '/'
  );
  return around < 0 ? [] : [boxAt(layout, around)];
}

/** The boxes of an image's layers in a treemap. */
export function findLayerBoxes(cells: readonly FileCell[], layout: CellLayout, layers: ReadonlySet<number>): Box[] {
  return cells.flatMap((cell, index) =>
    cell.kind === 'layer' && layers.has(cell.layer) ? [boxAt(layout, index)] : []
  );
}

/** The layers of an image that another compared image has too. */
export function findSharedLayers(rows: readonly ComparedLayer[], image: number): Map<number, number> {
  return new Map(
    rows.flatMap(({ layers, sharedBy }): [number, number][] => {
      const own = layers[image];
      return own?.sizeBytes != null && sharedBy.includes(image) ? [[own.index, own.sizeBytes]] : [];
    })
  );
}

const isPath = (cell: PathCell): boolean => cell.kind === 'folder' || cell.kind === 'file';
