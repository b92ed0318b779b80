import type { PathMatch, PathMatcher } from './path-matcher.ts';

/** What holds for a path; what is in a folder is checked with the folder's. */
export interface Checked {
  readonly isIncluded: boolean;
  readonly include: PathMatch | null;
  readonly exclude: PathMatch;
}

export interface FilterOptions {
  /** Only what one of these matches is included; null: everything. */
  readonly include: PathMatcher | null;
  readonly exclude: PathMatcher;
  /** Included whatever the patterns say. */
  readonly always?: ReadonlySet<string>;
}

/** Which paths of a folder belong to a build's context. */
export class ContextFilter {
  readonly #include: PathMatcher | null;
  readonly #exclude: PathMatcher;
  readonly #always: ReadonlySet<string>;

  constructor({ include, exclude, always = new Set() }: FilterOptions) {
    this.#include = include;
    this.#exclude = exclude;
    this.#always = always;
  }

  /** Checks a path; `folder` is the check of the folder that it is in, null at the top. */
  check(path: string, folder: Checked | null): Checked {
    const include = this.#include?.match(path, folder?.include ?? null) ?? null;
    const exclude = this.#exclude.match(path, folder?.exclude ?? null);
    const isMatched = include?.isMatched !== false && !exclude.isMatched;
    return { isIncluded: isMatched || this.#always.has(path), include, exclude };
  }

  /** Whether something in this folder may be included. */
  mayIncludeBelow(folder: string, { include, exclude }: Checked): boolean {
    for (const path of this.#always) if (path.startsWith(`${folder}/`)) return true;
    const mayBeIncluded = include === null || include.isMatched || this.#include?.mayMatchBelow(folder) === true;
    return mayBeIncluded && (!exclude.isMatched || this.#exclude.mayTakeBackBelow(folder));
  }
}
