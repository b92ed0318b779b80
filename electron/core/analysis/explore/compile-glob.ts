/**
 * Compiles a glob to a test of paths ("usr/lib/a.so"): * and ? match within a name, ** across directories. The running
 * time
 * is at most the pattern's length times the path's.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const pattern = glob.split('/');
  return (path) =>
    matchParts(
      pattern,
      path.split('/'),
      (part) => part === '**',
      (part, name) => matchParts(Array.from(part), Array.from(name), (letter) => letter === '*', isLetter)
    );
}

const isLetter = (expected: string, letter: string): boolean => expected === '?' || expected === letter;

/** Greedy: on a mismatch, backtracks to the last star only, which then matches one more. */
function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
  isStar: (part: string) => boolean,
  fits: (expected: string, part: string) => boolean
): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let afterStar = 0;
  while (part < parts.length) {
    const expected = pattern[at];
    if (expected !== undefined && isStar(expected)) {
      star = at++;
      afterStar = part;
    } else if (expected !== undefined && fits(expected, parts[part] ?? '')) {
      at++;
      part++;
    } else if (star >= 0) {
      at = star + 1;
      part = ++afterStar;
    } else return false;
  }
  while (at < pattern.length && isStar(pattern[at] ?? '')) at++;
  return at === pattern.length;
}
