import type { Box } from './lay-out-treemap.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Boxed {
  readonly key: string;
  readonly box: Box;
}

/** Pixels by which edges that touch may differ by rounding; far below the smallest sliver, which must be reached too. */
const tolerance = 1e-6;

/** Start and end along the way that is gone, and across it. */
function spans(box: Box, direction: Direction): { along: [number, number]; across: [number, number] } {
  const horizontal: [number, number] = [box.x, box.x + box.width];
  const vertical: [number, number] = [box.y, box.y + box.height];
  switch (direction) {
    case 'right':
      return { along: horizontal, across: vertical };
    case 'left':
      return { along: [-horizontal[1], -horizontal[0]], across: vertical };
    case 'down':
      return { along: vertical, across: horizontal };
    case 'up':
      return { along: [-vertical[1], -vertical[0]], across: horizontal };
  }
}

/**
 * The cell that an arrow key leads to: beyond the edge, nearest first, and of those at the same distance the one that
 * lies beside the middle of where we stand. Null at the border.
 */
export function findNeighbour<B extends Boxed>(nodes: readonly B[], from: B, direction: Direction): B | null {
  const start = spans(from.box, direction);
  const middle = (start.across[0] + start.across[1]) / 2;
  let best: { node: B; gap: number; offset: number } | null = null;
  for (const node of nodes) {
    if (node.key === from.key) continue;
    const there = spans(node.box, direction);
    const gap = there.along[0] - start.along[1];
    const overlaps = there.across[0] < start.across[1] - tolerance && there.across[1] > start.across[0] + tolerance;
    if (gap < -tolerance || !overlaps) continue;
    const offset = Math.max(there.across[0] - middle, middle - there.across[1], 0);
    const isNearer = best === null || gap < best.gap - tolerance;
    const isBeside = best !== null && gap < best.gap + tolerance && offset < best.offset;
    if (isNearer || isBeside) best = { node, gap, offset };
  }
  return best?.node ?? null;
}
