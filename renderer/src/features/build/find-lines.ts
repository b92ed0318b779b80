import { stripAnsi } from './parse-ansi.ts';

/** Indexes of the lines that hold the text, in any case. An empty text is in none. */
export function findLines(lines: readonly string[], text: string): number[] {
  const needle = text.toLowerCase();
  if (needle === '') return [];
  return lines.flatMap((line, index) => (includesText(line, needle) ? [index] : []));
}

/** Colours may stand inside a word, so a line with escapes is looked at without them. */
function includesText(line: string, needle: string): boolean {
  const plain = line.includes(String.fromCharCode(27)) ? stripAnsi(line) : line;
  return plain.toLowerCase().includes(needle);
}
