/** A fraction as a percentage: "20.0%"; what is nearly nothing or nearly all is never written as such. */
export function formatPercent(fraction: number, digits = 1): string {
  if (fraction === 0 || fraction === 1) return `${fraction * 100}%`;
  const minPercent = 10 ** -digits;
  if (fraction * 100 < minPercent) return `<${minPercent.toFixed(digits)}%`;
  const isAlmostAll = fraction < 1 && fraction * 100 > 100 - minPercent;
  return isAlmostAll ? `>${(100 - minPercent).toFixed(digits)}%` : `${(fraction * 100).toFixed(digits)}%`;
}
