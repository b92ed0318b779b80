const UNITS = ['', 'k', 'm', 'g', 't', 'p', 'e'];

/** Parses "20MB", "1.5 GiB", "1,000" like dive (https://github.com/dustin/go-humanize); NaN for anything else. */
export function parseByteSize(text: string): number {
  const [, digits = '', unit = '', binary] = /^([\d.,]+)\s*([kmgtpe]?)(i?)b?$/i.exec(text.trim()) ?? [];
  const number = digits === '' ? Number.NaN : Number(digits.replaceAll(',', ''));
  if (unit === '' && binary !== '') return Number.NaN;
  const power = UNITS.indexOf(unit.toLowerCase());
  return Math.floor(number * (binary === '' ? 1000 : 1024) ** power);
}
