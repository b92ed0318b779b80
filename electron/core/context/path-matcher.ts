import { posix } from 'node:path';
import { compilePattern, type PathPattern } from './path-pattern.ts';
import { trimSpace } from './trim-space.ts';

/** Whether a list matches a path, and which of its patterns match the path or a parent folder. */
export interface PathMatch {
  readonly isMatched: boolean;
  readonly patterns: Uint8Array;
}

/**
 * A list of patterns; the last one that matches a path or a parent folder decides, and "!" includes again. Equivalent of
 * MatchesUsingParentResults in moby's patternmatcher, which BuildKit and the docker CLI use for the build context.
 * https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 */
export class PathMatcher {
  readonly #patterns: PathPattern[];
  readonly #hasExceptions: boolean;

  /** Throws SyntaxError for a pattern that Docker rejects. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.flatMap((pattern) => readPattern(pattern) ?? []);
    this.#hasExceptions = this.#patterns.some(({ isException }) => isException);
  }

  /** Matches a path. `parent` is the match of its folder, null at the top. */
  match(path: string, parent: PathMatch | null): PathMatch {
    const patterns = new Uint8Array(this.#patterns.length);
    let isMatched = false;
    for (let index = 0; index < this.#patterns.length; index++) {
      const pattern = this.#patterns[index];
      if (pattern === undefined) break;
      const isInherited = parent?.patterns[index] === 1;
      // As in Docker, a pattern that cannot change the result is skipped, and not inherited by what is below.
      if (!isInherited && pattern.isException !== isMatched) continue;
      if (!isInherited && !pattern.matches(path)) continue;
      patterns[index] = 1;
      isMatched = !pattern.isException;
    }
    return { isMatched, patterns };
  }

  /** Whether a path below this folder, which is not matched, can be matched. */
  mayMatchBelow(folder: string): boolean {
    const segments = folder.split('/');
    return this.#patterns.some((pattern) => !pattern.isException && pattern.mayMatchBelow(segments));
  }

  /** Whether a path below this folder, which is matched, can be included again by a "!" pattern. */
  mayReincludeBelow(folder: string): boolean {
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
  if (clean === '!') throw new SyntaxError('"!" without a pattern');
  return compilePattern(isException ? clean.slice(1) : clean, isException);
}

/** Go's filepath.Clean. */
export function cleanPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
