import { formatNumber } from '#contract/format/format-number.ts';
import type { RateLimit } from '#contract/schema/remote-image.ts';
import { words } from '#contract/words/words.ts';

/** The remaining rate limit of a registry, in words; null if it reports too little. */
export function describeRate({ limit, remaining, windowSeconds }: RateLimit): string | null {
  const text = words.remote;
  if (remaining === null) return null;
  const window = windowSeconds === null || windowSeconds <= 0 ? '' : text.rateWindow(formatWindow(windowSeconds));
  return limit === null ? text.rateRemaining(remaining, window) : text.rate(remaining, limit, window);
}

/** "6 h", "90 min", "30 s": the largest unit without a remainder. */
function formatWindow(seconds: number): string {
  const text = words.time;
  if (seconds % 3600 === 0) return text.hours(seconds / 3600);
  return seconds % 60 === 0 ? text.minutes(seconds / 60) : text.seconds(formatNumber(seconds));
}
