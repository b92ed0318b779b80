import { LinearRegExp } from './linear-regexp.ts';

/** A pattern of an ignore file or a COPY. Paths are relative, with forward slashes. */
export interface PathPattern {
  /** Starts with "!": matching paths are included again. */
  readonly isException: boolean;
  /** Whether it matches the path itself. PathMatcher also considers the parent folders. */
  matches(path: string): boolean;
  /** False if nothing below the folder, given as segments, can match. */
  mayMatchBelow(folder: readonly string[]): boolean;
}

/**
 * Compiles a clean pattern, without its "!". Equivalent of moby's patternmatcher, including its quirks: escapes have their
 * meaning in Go's regular expressions, and "^" outside of a class matches only the start.
 * Throws SyntaxError for a pattern that Docker rejects.
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
 * Throws SyntaxError if Go's filepath.Match returns ErrBadPattern: an empty or unclosed class, an unescaped "-" or "]" in it, a
 * trailing backslash. https://pkg.go.dev/path/filepath#Match
 */
function checkPattern(pattern: string): void {
  const characters = Array.from(pattern);
  let at = 0;
  const takeClassCharacter = (): void => {
    if (characters[at] === '-' || characters[at] === ']') throw new SyntaxError('unescaped "-" or "]" in a class');
    if (characters[at] === '\\') at++;
    at++;
    if (at >= characters.length) throw new SyntaxError('unclosed class');
  };
  while (at < characters.length) {
    const character = characters[at++];
    if (character === '\\' && at++ >= characters.length) throw new SyntaxError('trailing backslash');
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
 * A path below the folder has more segments than the folder, and so has a pattern that matches it, unless it has "**". Classes
 * can contain slashes, and escapes and "^" have special meanings, so from these on the answer is always true.
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
