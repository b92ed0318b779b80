import { posix } from 'node:path';
import { compilePattern, type PathPattern } from './path-pattern.ts';
import { trimSpace } from './trim-space.ts';

/** What is known of a path: whether the list matches it, and which of the patterns match it or a folder above it. */
export interface PathMatch {
  readonly isMatched: boolean;
  readonly patterns: Uint8Array;
}

/**
 * A list of patterns, of which the last that matches a path or a folder above it decides; "!" takes back. The same as
 * MatchesUsingParentResults of moby's patternmatcher, which BuildKit and the docker CLI match their context with.
 * https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 */
export class PathMatcher {
  readonly #patterns: PathPattern[];
  readonly #hasExceptions: boolean;

  /** Throws SyntaxError for a pattern that Docker refuses. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.flatMap((pattern) => readPattern(pattern) ?? []);
    this.#hasExceptions = this.#patterns.some(({ isException }) => isException);
  }

  /** Matches a path; `parent` is the match of the folder that it is in, null at the top. */
  match(path: string, parent: PathMatch | null): PathMatch {
    const patterns = new Uint8Array(this.#patterns.length);
    let isMatched = false;
    for (let index = 0; index < this.#patterns.length; index++) {
      const pattern = this.#patterns[index];
      if (pattern === undefined) break;
      const isInherited = parent?.patterns[index] === 1;
      // It could change nothing, so that it is not asked, and what is below does not inherit it.
      if (!isInherited && pattern.isException !== isMatched) continue;
      if (!isInherited && !pattern.matches(path)) continue;
      patterns[index] = 1;
      isMatched = !pattern.isException;
    }
    return { isMatched, patterns };
  }

  /** Whether something below this folder, which is not matched, could be. */
  mayMatchBelow(folder: string): boolean {
    const segments = folder.split('/');
    return this.#patterns.some((pattern) => !pattern.isException && pattern.mayMatchBelow(segments));
  }

  /** Whether something below this folder, which is matched, could be taken back by a "!" pattern. */
  mayTakeBackBelow(folder: string): boolean {
    if (!this.#hasExceptions) return false;
    const segments = folder.split('/');
    return this.#patterns.some((pattern) => pattern.isException && pattern.mayMatchBelow(segments));
  }
}

function readPattern(text: string): PathPattern | undefined {
  const trimmed = trimSpace(text);
  if (trimmed === '') return undefined;
  const clean = cleanPath(trimmed);
  const isException = clean.startsWith('!');
  if (clean === '!') throw new SyntaxError('a "!" without a pattern');
  return compilePattern(isException ? clean.slice(1) : clean, isException);
}

/** Go's filepath.Clean. */
export function cleanPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
