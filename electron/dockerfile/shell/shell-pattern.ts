type Token = { readonly kind: 'any' } | { readonly kind: 'star' } | { readonly kind: 'char'; readonly char: string };

/** A pattern of ${NAME#pattern} and its kin: `*` is any text, `?` any one character, and a backslash makes either plain. */
export type ShellPattern = readonly Token[];

/** Steps of matching that one expansion may take; real patterns take a few hundred. */
const maxSteps = 500_000;

/** Reads a pattern; null for an escape that BuildKit refuses. Sets in brackets are plain text, as in BuildKit. */
export function readPattern(pattern: string): ShellPattern | null {
  const tokens: Token[] = [];
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at++) {
    const char = characters[at] ?? '';
    if (char === '*') tokens.push({ kind: 'star' });
    else if (char === '?') tokens.push({ kind: 'any' });
    else if (char !== '\\') tokens.push({ kind: 'char', char });
    else {
      const escaped = characters[at + 1] ?? '';
      // A brace or a slash is escaped for the expansion around the pattern, not for the pattern.
      if (escaped === '}' || escaped === '/') continue;
      if (escaped !== '*' && escaped !== '?' && escaped !== '\\') return null;
      tokens.push({ kind: 'char', char: escaped });
      at += 1;
    }
  }
  return tokens;
}

/** Removes the shortest or the longest start of `value` that matches. Null when that would take too long. */
export function trimStart(value: string, pattern: ShellPattern, longest: boolean): string | null {
  const characters = Array.from(value);
  const end = matchFrom(characters, 0, pattern, longest);
  if (end === 'too-long') return null;
  return end === null ? value : characters.slice(end).join('');
}

/** The same for the end of `value`. */
export function trimEnd(value: string, pattern: ShellPattern, longest: boolean): string | null {
  const trimmed = trimStart(reverse(value), [...pattern].reverse(), longest);
  return trimmed === null ? null : reverse(trimmed);
}

/** Replaces the first or every longest match of the pattern. Null when that would take too long. */
export function replaceMatches(
  value: string,
  pattern: ShellPattern,
  replacement: string,
  every: boolean
): string | null {
  const characters = Array.from(value);
  if (characters.length * characters.length * (pattern.length + 1) > maxSteps) return null;
  let replaced = '';
  let at = 0;
  while (at <= characters.length) {
    const end = matchFrom(characters, at, pattern, true);
    if (end === 'too-long') return null;
    if (end !== null) replaced += replacement;
    if (end !== null && !every) return replaced + characters.slice(end).join('');
    // An empty match replaces nothing: the character after it stays.
    if (end === null || end === at) replaced += characters[at] ?? '';
    at = end === null ? at + 1 : Math.max(end, at + 1);
    if (every && end !== null && at === characters.length) break;
  }
  return replaced;
}

/** Where the shortest or longest match that begins at `start` ends. */
function matchFrom(
  characters: readonly string[],
  start: number,
  pattern: ShellPattern,
  longest: boolean
): number | null | 'too-long' {
  if ((characters.length - start + 1) * (pattern.length + 1) > maxSteps) return 'too-long';
  // The positions at which the tokens so far can end, in rising order.
  let ends = [start];
  for (const token of pattern) {
    if (token.kind === 'star') {
      const first = ends[0] ?? 0;
      ends = Array.from({ length: characters.length - first + 1 }, (_, index) => first + index);
    } else {
      const matches = (at: number): boolean =>
        at < characters.length && (token.kind === 'any' || characters[at] === token.char);
      ends = ends.filter(matches).map((at) => at + 1);
    }
    if (ends.length === 0) return null;
  }
  return (longest ? ends.at(-1) : ends[0]) ?? null;
}

function reverse(text: string): string {
  return Array.from(text).reverse().join('');
}
