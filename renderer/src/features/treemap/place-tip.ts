import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import type { Box } from './box.ts';

/** Distance between the anchor and the tip. */
const space = 14;

/**
 * Where a tip of a size covers nothing of its anchor: below it, above it, to its right or to its left, within the bounds;
 * in the far corner if it has no place next to the anchor.
 */
export function placeTip(anchor: Box, tip: TreemapSize, bounds: TreemapSize): { left: number; top: number } {
  const within = (value: number, max: number): number => Math.max(0, Math.min(value, max));
  const left = within(anchor.x + space, bounds.width - tip.width);
  const top = within(anchor.y + space, bounds.height - tip.height);
  const below = anchor.y + anchor.height + space;
  if (below + tip.height <= bounds.height) return { left, top: below };
  const above = anchor.y - tip.height - space;
  if (above >= 0) return { left, top: above };
  const right = anchor.x + anchor.width + space;
  if (right + tip.width <= bounds.width) return { left: right, top };
  const before = anchor.x - tip.width - space;
  if (before >= 0) return { left: before, top };
  return {
    left: within(bounds.width, bounds.width - tip.width),
    top: within(bounds.height, bounds.height - tip.height)
  };
}
