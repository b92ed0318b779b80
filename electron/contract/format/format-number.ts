import { locale } from './locale.ts';

const formats = new Map<number, Intl.NumberFormat>();

/** A number with its digits grouped and exactly `fractionDigits` decimals, rounded like toFixed: "12,345", "41.2". */
export function formatNumber(value: number, fractionDigits = 0): string {
  return formatWith(fractionDigits).format(Number(value.toFixed(fractionDigits)));
}

function formatWith(fractionDigits: number): Intl.NumberFormat {
  const known = formats.get(fractionDigits);
  if (known !== undefined) return known;
  const digits = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits };
  const format = new Intl.NumberFormat(locale, digits);
  formats.set(fractionDigits, format);
  return format;
}
