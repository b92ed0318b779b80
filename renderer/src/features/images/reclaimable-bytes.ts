import type { LayerShare } from '#contract/domain/layer-forest.ts';
import type { ImageRow } from '../../state/list-image-rows.ts';

/** Bytes reclaimed by removing one row: 0 while the image has other names; null while unknown. */
export function reclaimableBytes(row: ImageRow, share: LayerShare | null): number | null {
  return row.otherNames > 0 ? 0 : (share?.uniqueBytes ?? null);
}
