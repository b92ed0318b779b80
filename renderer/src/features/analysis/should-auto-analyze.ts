import type { ImageDetail } from '#contract/schema/image.ts';

/** Engines write an export to their disk before they send it: of a larger image it is made only when it is asked for. */
const maxBytes = 4e9;

/** Whether an image's files are read without being asked for. */
export function shouldAutoAnalyze({ sizeBytes }: Pick<ImageDetail, 'sizeBytes'>): boolean {
  return sizeBytes > 0 && sizeBytes <= maxBytes;
}
