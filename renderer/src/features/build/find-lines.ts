import { stripAnsi } from './parse-ansi.ts';

/** Indexes of the lines that hold the text, in any case. An empty text is in none. */
export function findLines(lines: readonly string[], text: string): number[] {
  const wanted = text.toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap((line, index) => (holds(line, wanted) ? [index] : []));
}

/** Colours may stand inside a word, so a line with escapes is looked at without them. */
function holds(line: string, wanted: string): boolean {
  const plain = line.includes(String.fromCharCode(27)) ? stripAnsi(line) : line;
  return plain.toLowerCase().includes(wanted);
}
