import { LinearRegExp } from './linear-regexp.ts';

/** One pattern of a list, as BuildKit reads it. Paths are relative, with forward slashes. */
export interface PathPattern {
  /** Begins with "!": what it matches is taken back. */
  readonly isException: boolean;
  /** Whether it matches this very path; one that matches a folder above it counts too, which is the list's to know. */
  matches(path: string): boolean;
  /** False when nothing below this folder can match, whatever is there. */
  mayMatchBelow(folder: readonly string[]): boolean;
}

/**
 * Compiles a clean pattern, without its "!". The same as compile and match of moby's patternmatcher, quirks included: what
 * follows a backslash is read as Go's regular expressions read it, and "^" outside of a class matches nothing but the start.
 * Throws SyntaxError for a pattern that Docker refuses.
 * https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 */
export function compilePattern(pattern: string, isException: boolean): PathPattern {
  checkPattern(pattern);
  const segments = pattern.split('/');
  return {
    isException,
    matches: compileMatch(pattern),
    mayMatchBelow: (folder) => mayMatchBelow(segments, folder)
  };
}

type Match = (path: string) => boolean;

function compileMatch(pattern: string): Match {
  const characters = Array.from(pattern);
  let expression = '^';
  let kind: 'exact' | 'prefix' | 'suffix' | 'expression' = 'exact';
  for (let at = 0; at < characters.length; at++) {
    const isFirst = at === 0;
    const character = characters[at] ?? '';
    if (character === '*' && characters[at + 1] === '*') {
      at++;
      if (characters[at + 1] === '/') at++;
      if (at + 1 < characters.length) {
        expression += '(.*/)?';
        kind = 'expression';
      } else if (kind === 'exact') kind = 'prefix';
      else {
        expression += '.*';
        kind = 'expression';
      }
      if (isFirst) kind = 'suffix';
      continue;
    }
    if (character === '*') expression += '[^/]*';
    else if (character === '?') expression += '[^/]';
    else if (character === '\\') expression += `\\${characters[++at] ?? ''}`;
    else if ('.+()|{}$'.includes(character)) expression += `\\${character}`;
    else expression += character;
    if ('*?\\[]'.includes(character)) kind = 'expression';
  }
  if (kind === 'exact') return (path) => path === pattern;
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2));
  if (kind === 'suffix') return matchSuffix(pattern.slice(2));
  const compiled = new LinearRegExp(`${expression}$`);
  return (path) => compiled.test(path);
}

/** "**\/name" matches "name" too. */
function matchSuffix(suffix: string): Match {
  return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
}

/**
 * Throws SyntaxError for what Go's filepath.Match calls a bad pattern: a class that is empty, open or has a bare "-" or "]",
 * and a backslash at the end. https://pkg.go.dev/path/filepath#Match
 */
function checkPattern(pattern: string): void {
  const characters = Array.from(pattern);
  let at = 0;
  const takeClassCharacter = (): void => {
    if (characters[at] === '-' || characters[at] === ']') throw new SyntaxError('a bare "-" or "]" in a class');
    if (characters[at] === '\\') at++;
    at++;
    if (at >= characters.length) throw new SyntaxError('a class that is open');
  };
  while (at < characters.length) {
    const character = characters[at++];
    if (character === '\\' && at++ >= characters.length) throw new SyntaxError('a backslash at the end');
    if (character !== '[') continue;
    if (characters[at] === '^') at++;
    do {
      takeClassCharacter();
      if (characters[at] !== '-') continue;
      at++;
      takeClassCharacter();
    } while (characters[at] !== ']');
    at++;
  }
}

/**
 * A path below the folder has more segments than it, and matches a pattern of as many only; "**" is any number of them. A
 * class may have a slash in it, a backslash or "^" be anything, so nothing is said of what follows them.
 */
function mayMatchBelow(segments: readonly string[], folder: readonly string[]): boolean {
  for (const [index, name] of folder.entries()) {
    const segment = segments[index];
    if (segment === undefined) return false;
    if (segment.includes('**') || /[[\\^]/.test(segment)) return true;
    if (!/[*?]/.test(segment) && segment !== name) return false;
  }
  return segments.length > folder.length;
}
