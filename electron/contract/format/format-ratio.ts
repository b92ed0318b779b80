import { words } from '../words/words.ts';
import { formatNumber } from './format-number.ts';
import { formatPercent } from './format-percent.ts';

/** A ratio from 2 on: "2.4x", "206x". Null for a smaller one, which is clearer as a percentage. */
export function formatRatio(ratio: number): string | null {
  if (ratio < 2) return null;
  return words.ratios.times(formatNumber(ratio, ratio < 9.95 ? 1 : 0));
}

/** A share of something that follows: "40.8% of"; from twice of it on "2.4x". */
export function formatShareOf(fraction: number): string {
  return formatRatio(fraction) ?? words.ratios.shareOf(formatPercent(fraction));
}
