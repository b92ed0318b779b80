import type { Bridge } from '#contract/ipc/bridge.ts';
import type { ComparedPackages, PackageKind } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import type { ComparisonQueries } from './comparison-queries.ts';
import { defaultPackageSort, isDifferent, type PackageSort } from './list-packages.ts';
import { FollowUpScan } from './follow-up-scan.svelte.ts';

/** What is installed in the compared images: read once it is looked at, and kept as long as these are. */
export class PackagesState {
  packages = $state.raw<ComparedPackages | null>(null);
  readonly scan: FollowUpScan;
  /** What of it is shown. */
  kind = $state<PackageKind | 'all'>('all');
  shown = $state<'differences' | 'all'>('differences');
  query = $state('');
  sort = $state.raw<PackageSort>(defaultPackageSort('difference'));

  readonly #comparison: ComparisonQueries;

  constructor(bridge: Bridge, comparison: ComparisonQueries) {
    this.#comparison = comparison;
    this.scan = new FollowUpScan(bridge, comparison);
  }

  /** The place of the baseline among the images that the packages tell of. */
  readonly baseline = $derived.by(() => Math.max(0, this.packages?.images.indexOf(this.#comparison.baseline) ?? 0));

  /** How many differ; empty while that is not known. */
  readonly summary = $derived.by(() => {
    if (this.packages === null || this.packages.rows.length === 0) return '';
    return words.compare.packages.differing(this.packages.rows.filter((row) => isDifferent(row, this.baseline)).length);
  });

  /** Reads them, unless they are there, or on their way, or their reading was cancelled or failed. */
  async load(): Promise<void> {
    const { isCancelled, error } = this.scan;
    if (this.packages === null && !isCancelled && error === null) await this.read();
  }

  async read(): Promise<void> {
    const comparison = this.#comparison;
    const read = await this.scan.read(
      () => comparison.call('packages', {}),
      () => comparison.call('readPackages', {})
    );
    if (read !== null) this.packages = read;
  }

  /** Other images are compared. */
  reset(): void {
    this.packages = null;
    this.kind = 'all';
    this.query = '';
    this.scan.reset();
  }
}
