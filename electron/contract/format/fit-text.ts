import { showControls } from '#contract/format/show-controls.ts';

/** Measures text in the context's font. */
type Measure = (text: string) => number;

/** The text, with its controls visible, up to the width, with an ellipsis for the rest; empty if hardly anything fits. */
export function fitText(name: string, width: number, measure: Measure): string {
  const text = showControls(name);
  if (measure(text) <= width) return text;
  let low = 0;
  let high = Math.min(text.length, Math.ceil(width / 3));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle)}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return low < 2 ? '' : `${text.slice(0, low).trimEnd()}…`;
}

/** The first of the texts that fits, else the last one truncated. */
export function fitFirst(texts: readonly string[], width: number, measure: Measure): string {
  return texts.map(showControls).find((text) => measure(text) <= width) ?? fitText(texts.at(-1) ?? '', width, measure);
}

/** A path, then shorter versions of it: "…/" and its last segments, then its last name. */
export function shortenPath(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  const tails = names.slice(1).map((_, index) => `…/${names.slice(index + 1).join('/')}`);
  return [...new Set([path, ...tails, names.at(-1) ?? path])];
}
