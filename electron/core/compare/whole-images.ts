import type { ComparedRow, ComparisonProgress } from '#contract/schema/comparison.ts';
import type { JobContext } from '../job/job-context.ts';

type PerImage = Pick<ComparedRow, 'sizes' | 'changes'>;

/** The images of a comparison whose layers are all here: files are compared among these. */
export class WholeImages {
  /** Their places among all. */
  readonly places: readonly number[];
  readonly #count: number;

  constructor(isWhole: readonly boolean[]) {
    this.places = isWhole.flatMap((whole, place) => (whole ? [place] : []));
    this.#count = isWhole.length;
  }

  /** The baseline if it is one of them, else the first of them; by its place among all, null when there is none. */
  baselineFor(baseline: number): number | null {
    return this.places.includes(baseline) ? baseline : (this.places[0] ?? null);
  }

  /** A job that is told of these by their places among all. */
  tellPlaces({ signal, emit }: JobContext<ComparisonProgress>): JobContext<ComparisonProgress> {
    return { signal, emit: ({ image, progress }) => emit({ image: this.places[image] ?? 0, progress }) };
  }

  /** A row that tells of these, as one that tells of all: the others have no size and no change. */
  widen<Row extends PerImage>(row: Row): Row {
    if (this.places.length === this.#count) return row;
    const sizes: Row['sizes'] = Array.from({ length: this.#count }, () => null);
    const changes: Row['changes'] = Array.from({ length: this.#count }, () => 'absent');
    this.places.forEach((place, at) => {
      sizes[place] = row.sizes[at] ?? null;
      changes[place] = row.changes[at] ?? 'absent';
    });
    return { ...row, sizes, changes };
  }
}
