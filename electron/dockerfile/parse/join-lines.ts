/**
 * The logical line of an instruction: continued lines joined, comment lines and empty lines between them left out, as
 * the builder joins them.
 */
export function joinLines(lines: readonly string[], escape: string): string {
  let joined = '';
  for (const [index, line] of lines.entries()) {
    if (index > 0 && /^\s*(?:#|$)/.test(line)) continue;
    const end = endOfContent(line);
    if (line[end - 1] !== escape) return joined + line;
    joined += line.slice(0, end - 1);
  }
  return joined;
}

function endOfContent(line: string): number {
  let end = line.length;
  while (end > 0 && /\s/.test(line[end - 1] ?? '')) end -= 1;
  return end;
}
