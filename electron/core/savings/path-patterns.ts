/** A pattern's segments; one that is not anchored matches in every directory. */
interface Pattern {
  readonly group: number;
  readonly segments: readonly string[];
  readonly isAnchored: boolean;
}

/** The patterns that may go on below a path: numbers of positions in them. */
interface State {
  readonly positions: readonly number[];
  /** The first group that matches at this path; -1 for none. */
  readonly group: number;
  /** The state of a child, by the class of its name. */
  readonly next: Map<number, State>;
}

const SPAN = 64;

/**
 * Groups of path patterns, matched segment by segment: the state of a path follows from its parent's state and its name, so
 * that a tree of any depth is matched in one step per path. States are created when they are first needed.
 */
export class PathPatterns {
  readonly #patterns: readonly Pattern[];
  readonly #exact = new Map<string, number[]>();
  readonly #globs: { readonly prefix: string; readonly suffix: string; readonly segment: number }[] = [];
  readonly #segments: string[] = [];
  readonly #classes = new Map<string, number>([['', 0]]);
  readonly #classSegments: ReadonlySet<number>[] = [new Set()];
  readonly #states = new Map<string, State>();
  readonly root: State;

  /** Each group is a list of patterns; a pattern with "*" in a segment has one of them. */
  constructor(groups: readonly (readonly string[])[]) {
    this.#patterns = groups.flatMap((patterns, group) =>
      patterns.map((pattern) => {
        const isAnchored = pattern.startsWith('/');
        return { group, isAnchored, segments: pattern.slice(isAnchored ? 1 : 0).split('/') };
      })
    );
    for (const segment of new Set(this.#patterns.flatMap(({ segments }) => segments))) {
      const number = this.#segments.push(segment) - 1;
      const star = segment.indexOf('*');
      // A lone "*" needs no class: it matches every name.
      if (segment === '*') continue;
      if (star < 0) this.#exact.set(segment, [number]);
      else this.#globs.push({ prefix: segment.slice(0, star), suffix: segment.slice(star + 1), segment: number });
    }
    this.root = this.#state(
      this.#patterns.map((_, pattern) => pattern * SPAN),
      -1
    );
  }

  /** The class of a name: names of one class match the same segments. Most names are of class 0, which matches none. */
  classOf(name: string): number {
    let matched = this.#exact.get(name);
    for (const { prefix, suffix, segment } of this.#globs) {
      const isLong = name.length >= prefix.length + suffix.length;
      if (isLong && name.startsWith(prefix) && name.endsWith(suffix)) matched = [...(matched ?? []), segment];
    }
    if (matched === undefined) return 0;
    const key = matched.join(' ');
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    const added = this.#classSegments.push(new Set(matched)) - 1;
    this.#classes.set(key, added);
    return added;
  }

  /** The state of a child with a name of this class. */
  next(state: State, nameClass: number): State {
    const known = state.next.get(nameClass);
    if (known !== undefined) return known;
    const made = this.#advance(state, this.#classSegments[nameClass] ?? new Set());
    state.next.set(nameClass, made);
    return made;
  }

  #advance(state: State, matched: ReadonlySet<number>): State {
    const positions = new Set<number>();
    let group = -1;
    this.#patterns.forEach(({ isAnchored }, pattern) => {
      if (!isAnchored) positions.add(pattern * SPAN);
    });
    for (const position of state.positions) {
      const pattern = this.#patterns[Math.floor(position / SPAN)];
      const segment = pattern?.segments[position % SPAN] ?? '';
      const isMatched = segment === '*' || matched.has(this.#segments.indexOf(segment));
      if (!pattern || !isMatched) continue;
      if ((position % SPAN) + 1 < pattern.segments.length) positions.add(position + 1);
      else if (group < 0 || pattern.group < group) group = pattern.group;
    }
    return this.#state([...positions], group);
  }

  #state(positions: readonly number[], group: number): State {
    const key = `${group}:${positions.join(' ')}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const made = { positions, group, next: new Map<number, State>() };
    this.#states.set(key, made);
    return made;
  }
}

export type { State as PatternState };
