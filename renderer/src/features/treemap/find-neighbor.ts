import type { Box } from './box.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down'
};

/** The direction of an arrow key; null for other keys. */
export const directionOf = (key: string): Direction | null => arrows[key] ?? null;

interface Boxed {
  readonly key: string;
  readonly box: Box;
}

/** Tolerance in pixels for touching edges, which may differ by rounding. */
const tolerance = 1e-3;
/** A sliver whose area is lost to gaps is still reachable: across the direction it counts as this wide. */
const minBreadth = 1;

/** Start and end along the direction, and across it. */
function spans(box: Box, direction: Direction): { along: [number, number]; across: [number, number] } {
  const horizontal: [number, number] = [box.x, box.x + box.width];
  const vertical: [number, number] = [box.y, box.y + box.height];
  switch (direction) {
    case 'right':
      return { along: horizontal, across: widen(vertical) };
    case 'left':
      return { along: [-horizontal[1], -horizontal[0]], across: widen(vertical) };
    case 'down':
      return { along: vertical, across: widen(horizontal) };
    case 'up':
      return { along: [-vertical[1], -vertical[0]], across: widen(horizontal) };
  }
}

function widen([start, end]: [number, number]): [number, number] {
  const missing = Math.max(0, minBreadth - (end - start)) / 2;
  return [start - missing, end + missing];
}

/**
 * The cell that an arrow key moves to: beyond the edge, nearest first, and of those at the same distance the one
 * closest to the middle of the current cell. Null at the border.
 */
export function findNeighbor<B extends Boxed>(nodes: readonly B[], from: B, direction: Direction): B | null {
  const start = spans(from.box, direction);
  const middle = (start.across[0] + start.across[1]) / 2;
  const position = nodes.findIndex((node) => node.key === from.key);
  const isForward = direction === 'right' || direction === 'down';
  let best: { node: B; gap: number; offset: number } | null = null;
  for (const [index, node] of nodes.entries()) {
    if (node.key === from.key) continue;
    const candidate = spans(node.box, direction);
    const gap = candidate.along[0] - start.along[1];
    const ahead = candidate.along[0] + candidate.along[1] - start.along[0] - start.along[1];
    // Slivers of zero width overlap: then use their order.
    const isAhead = Math.abs(ahead) > tolerance ? ahead > 0 : index > position === isForward;
    const overlaps =
      candidate.across[0] < start.across[1] - tolerance && candidate.across[1] > start.across[0] + tolerance;
    if (gap < -tolerance || !isAhead || !overlaps) continue;
    const offset = Math.max(candidate.across[0] - middle, middle - candidate.across[1], 0);
    const isNearer = best === null || gap < best.gap - tolerance;
    const isAligned = best !== null && gap < best.gap + tolerance && offset < best.offset;
    if (isNearer || isAligned) best = { node, gap, offset };
  }
  return best?.node ?? null;
}
