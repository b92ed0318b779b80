import type { CellLayout } from '#contract/treemap/layout-treemap.ts';

/** A rectangle in CSS pixels from the treemap's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const noBox: Box = { x: 0, y: 0, width: 0, height: 0 };

/** The box of a cell. */
export function boxAt({ boxes }: CellLayout, index: number): Box {
  const at = index * 4;
  return { x: boxes[at] ?? 0, y: boxes[at + 1] ?? 0, width: boxes[at + 2] ?? 0, height: boxes[at + 3] ?? 0 };
}

/** The innermost cell at a point: children come after their parents. Null outside of all cells. */
export function cellAt({ boxes }: CellLayout, x: number, y: number): number | null {
  for (let at = boxes.length - 4; at >= 0; at -= 4) {
    const left = boxes[at] ?? 0;
    const top = boxes[at + 1] ?? 0;
    if (x >= left && y >= top && x < left + (boxes[at + 2] ?? 0) && y < top + (boxes[at + 3] ?? 0)) return at / 4;
  }
  return null;
}
