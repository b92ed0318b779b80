import type { ImageDetail } from '#contract/schema/image.ts';

/** Engines write an export to disk before they send it: larger images are exported only on request. */
const maxBytes = 4e9;

/** Whether an image's files are read automatically. */
export function shouldAutoAnalyze({ sizeBytes }: Pick<ImageDetail, 'sizeBytes'>): boolean {
  return sizeBytes > 0 && sizeBytes <= maxBytes;
}
