import { listImageRows, type ImageRow } from '../../../../../renderer/src/state/list-image-rows.ts';

export const idOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

/** Rows of images by digit: their names, created one after the other. */
export function rowsOf(images: Record<string, string[]>): ImageRow[] {
  return listImageRows(
    Object.entries(images).map(([digit, tags], index) => ({
      id: idOf(digit),
      tags,
      sizeBytes: 10,
      createdAt: 1000 - index
    }))
  );
}
