import { formatNumber } from '../../../electron/contract/format/format-number.ts';
import type { RateLimit } from '../../../electron/contract/schema/remote-image.ts';
import { words } from '../../../electron/contract/words/words.ts';

/** What a registry still lets one ask for, in words; null where it tells too little. */
export function describeRate({ limit, remaining, windowSeconds }: RateLimit): string | null {
  const text = words.remote;
  if (remaining === null) return null;
  const window = windowSeconds === null || windowSeconds <= 0 ? '' : text.rateWindow(writeWindow(windowSeconds));
  return limit === null ? text.rateRemaining(remaining, window) : text.rate(remaining, limit, window);
}

/** "6 h", "90 min", "30 s": the largest unit that says it whole. */
function writeWindow(seconds: number): string {
  const { hours, minutes, seconds: inSeconds } = words.time;
  if (seconds % 3600 === 0) return hours(seconds / 3600);
  return seconds % 60 === 0 ? minutes(seconds / 60) : inSeconds(formatNumber(seconds));
}
