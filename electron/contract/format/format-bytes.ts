import { formatNumber } from './format-number.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in powers of 1000, as docker prints them: "419 MB", "72.9 MB", "4.4 MB", "2.41 GB", "5 B". */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (unit < units.length - 1 && roundThree(value) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  const sign = bytes < 0 ? '−' : '';
  return `${sign}${threeDigits(value, unit)} ${units[unit] ?? 'B'}`;
}

/** A change of size with its sign: "+3 MB", "−183 MB", "0 B". */
export function formatBytesDelta(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

function roundThree(value: number): number {
  return Number(value.toPrecision(3));
}

/** Two decimals matter from a gigabyte on; below, the second one is noise. */
function threeDigits(value: number, unit: number): string {
  if (unit === 0 || roundThree(value) >= 100) return formatNumber(value);
  return formatNumber(value, roundThree(value) < 10 && unit >= 3 ? 2 : 1);
}
