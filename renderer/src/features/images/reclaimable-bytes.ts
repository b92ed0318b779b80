import type { LayerShare } from '#contract/domain/layer-forest.ts';
import type { ImageRow } from '../../state/list-image-rows.ts';

/** What removing one row reclaims: nothing while the image has other names; null while it is not known. */
export function reclaimableBytes(row: ImageRow, share: LayerShare | null): number | null {
  return row.otherNames > 0 ? 0 : (share?.uniqueBytes ?? null);
}
