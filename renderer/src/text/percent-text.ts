/** A fraction as a percentage: "20.0%"; what is nearly nothing or nearly all is never written as such. */
export function writePercent(fraction: number, digits = 1): string {
  if (fraction === 0 || fraction === 1) return `${fraction * 100}%`;
  const least = 10 ** -digits;
  if (fraction * 100 < least) return `<${least.toFixed(digits)}%`;
  const isAlmostAll = fraction < 1 && fraction * 100 > 100 - least;
  return isAlmostAll ? `>${(100 - least).toFixed(digits)}%` : `${(fraction * 100).toFixed(digits)}%`;
}
