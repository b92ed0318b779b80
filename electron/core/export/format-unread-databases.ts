import type { ComparedPackages } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/**
 * The package databases that could not be read, and why, one line each; `quote` escapes text that comes from an image.
 */
export function formatUnreadDatabases(
  { unread }: Pick<ComparedPackages, 'unread'>,
  names: readonly string[],
  quote: (text: string) => string
): string[] {
  const { unreadOf, reasons } = words.compare.packages;
  return unread.map(({ image, path, reason }) => unreadOf(quote(names[image] ?? ''), quote(path), reasons[reason]));
}
