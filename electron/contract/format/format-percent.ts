import { locale } from './locale.ts';

/**
 * A fraction as a percentage: "20.0%", "1,250%" without digits. Only 0 and 1 are written as 0% and 100%; a fraction that
 * would round to one of them is written as "<0.1%" or ">99.9%".
 */
export function formatPercent(fraction: number, fractionDigits = 1): string {
  if (fraction === 0 || fraction === 1) return format(fraction, 0);
  const smallest = 10 ** -fractionDigits / 100;
  if (fraction < smallest) return `<${format(smallest, fractionDigits)}`;
  const isAlmostAll = fraction < 1 && fraction > 1 - smallest;
  return isAlmostAll ? `>${format(1 - smallest, fractionDigits)}` : format(fraction, fractionDigits);
}

function format(fraction: number, fractionDigits: number): string {
  const digits = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits };
  const rounded = Number((fraction * 100).toFixed(fractionDigits)) / 100;
  return new Intl.NumberFormat(locale, { style: 'percent', ...digits }).format(rounded);
}
