import type { ComparedRow, ComparisonProgress } from '#contract/schema/comparison.ts';
import type { JobContext } from '../job/job-context.ts';

type PerImage = Pick<ComparedRow, 'sizes' | 'changes'>;

/** The images of a comparison whose layers are all available: only their files are compared. */
export class CompleteImages {
  /** Their indexes among all images. */
  readonly indexes: readonly number[];
  readonly #count: number;

  constructor(isComplete: readonly boolean[]) {
    this.indexes = isComplete.flatMap((complete, index) => (complete ? [index] : []));
    this.#count = isComplete.length;
  }

  /** The baseline if it is complete, else the first complete image; by its index among all, null if there is none. */
  baselineFor(baseline: number): number | null {
    return this.indexes.includes(baseline) ? baseline : (this.indexes[0] ?? null);
  }

  /** Converts the image indexes in a job's events from complete images to all images. */
  withOriginalIndexes({ signal, emit }: JobContext<ComparisonProgress>): JobContext<ComparisonProgress> {
    return { signal, emit: ({ image, progress }) => emit({ image: this.indexes[image] ?? 0, progress }) };
  }

  /** Expands a row of complete images to all images: the others have no size and no change. */
  expandRow<Row extends PerImage>(row: Row): Row {
    if (this.indexes.length === this.#count) return row;
    const sizes: Row['sizes'] = Array.from({ length: this.#count }, () => null);
    const changes: Row['changes'] = Array.from({ length: this.#count }, () => 'absent');
    this.indexes.forEach((index, at) => {
      sizes[index] = row.sizes[at] ?? null;
      changes[index] = row.changes[at] ?? 'absent';
    });
    return { ...row, sizes, changes };
  }
}
