/** A range of a text: from its first character to before `end`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Replaces each of the spans in a text; overlapping spans are replaced as one. */
export function replaceSpans(text: string, spans: readonly TextSpan[], replacement: string): string {
  const ordered = [...spans].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let written = 0;
  for (let at = 0; at < ordered.length;) {
    const start = ordered[at]?.start ?? 0;
    let end = start;
    for (; at < ordered.length && (ordered[at]?.start ?? 0) <= end; at++) end = Math.max(end, ordered[at]?.end ?? 0);
    if (end === start) continue;
    parts.push(text.slice(written, start), replacement);
    written = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(written);
}
