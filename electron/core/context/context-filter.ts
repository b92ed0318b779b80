import type { PathMatch, PathMatcher } from './path-matcher.ts';

/** The result for a path. Paths in a folder are checked with the folder's result. */
export interface Checked {
  readonly isIncluded: boolean;
  readonly include: PathMatch | null;
  readonly exclude: PathMatch;
}

export interface FilterOptions {
  /** Only matching paths are included; null: all. */
  readonly include: PathMatcher | null;
  readonly exclude: PathMatcher;
  /** Always included. */
  readonly always?: ReadonlySet<string>;
}

/** Decides which paths belong to the build context. */
export class ContextFilter {
  readonly #include: PathMatcher | null;
  readonly #exclude: PathMatcher;
  readonly #always: ReadonlySet<string>;

  constructor({ include, exclude, always = new Set() }: FilterOptions) {
    this.#include = include;
    this.#exclude = exclude;
    this.#always = always;
  }

  /** Checks a path. `folder` is the result for its folder, null at the top. */
  check(path: string, folder: Checked | null): Checked {
    const include = this.#include?.match(path, folder?.include ?? null) ?? null;
    const exclude = this.#exclude.match(path, folder?.exclude ?? null);
    const isMatched = include?.isMatched !== false && !exclude.isMatched;
    return { isIncluded: isMatched || this.#always.has(path), include, exclude };
  }

  /** Whether a path below this folder can be included. */
  mayIncludeBelow(folder: string, { include, exclude }: Checked): boolean {
    for (const path of this.#always) if (path.startsWith(`${folder}/`)) return true;
    const mayBeIncluded = include === null || include.isMatched || this.#include?.mayMatchBelow(folder) === true;
    return mayBeIncluded && (!exclude.isMatched || this.#exclude.mayReincludeBelow(folder));
  }
}
