import type { ComparedPackages } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';

/** Which databases of packages could not be read, and why, a line each; `quote` makes what comes from an image safe. */
export function formatUnreadDatabases(
  { unread }: Pick<ComparedPackages, 'unread'>,
  names: readonly string[],
  quote: (text: string) => string
): string[] {
  const { unreadOf, reasons } = words.compare.packages;
  return unread.map(({ image, path, reason }) => unreadOf(quote(names[image] ?? ''), quote(path), reasons[reason]));
}
