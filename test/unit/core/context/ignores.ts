import { PathMatcher, type PathMatch } from '#core/context/path-matcher.ts';
import { compileIgnorePatterns, parseIgnoreFile } from '#core/context/read-ignore-patterns.ts';

/** The matcher of an ignore file's text. */
export function matcherOf(text: string): PathMatcher {
  const file = '.dockerignore';
  return compileIgnorePatterns({ patterns: parseIgnoreFile(text, file), file });
}

/** Matches a path after the folders above it, as a walk does. */
export function matchPath(matcher: PathMatcher, path: string): PathMatch {
  let match: PathMatch | null = null;
  const segments = path.split('/');
  for (let depth = 1; depth < segments.length; depth++)
    match = matcher.match(segments.slice(0, depth).join('/'), match);
  return matcher.match(path, match);
}

export function ignores(matcher: PathMatcher, path: string): boolean {
  return matchPath(matcher, path).isMatched;
}
