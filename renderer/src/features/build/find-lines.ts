import { stripAnsi } from './parse-ansi.ts';

/** Indexes of the lines that contain the text, ignoring case. An empty text matches none. */
export function findLines(lines: readonly string[], text: string): number[] {
  const needle = text.toLowerCase();
  if (needle === '') return [];
  return lines.flatMap((line, index) => (includesText(line, needle) ? [index] : []));
}

/** Escape sequences may be inside a word, so they are removed before searching. */
function includesText(line: string, needle: string): boolean {
  const plain = line.includes(String.fromCharCode(27)) ? stripAnsi(line) : line;
  return plain.toLowerCase().includes(needle);
}
