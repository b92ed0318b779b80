import type { Bridge } from '#contract/ipc/bridge.ts';
import type { ComparedPackages, PackageKind } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import type { ComparisonQueries } from './comparison-queries.ts';
import { defaultPackageSort, isDifferent, type PackageSort } from './list-packages.ts';
import { FollowUpScan } from './follow-up-scan.svelte.ts';

/**
 * The installed packages of the compared images: read when first displayed, and kept as long as these images are
 * compared.
 */
export class PackagesState {
  packages = $state.raw<ComparedPackages | null>(null);
  readonly scan: FollowUpScan;
  /** The filters and the sort order. */
  kind = $state<PackageKind | 'all'>('all');
  shown = $state<'differences' | 'all'>('differences');
  query = $state('');
  sort = $state.raw<PackageSort>(defaultPackageSort('difference'));

  readonly #comparison: ComparisonQueries;

  constructor(bridge: Bridge, comparison: ComparisonQueries) {
    this.#comparison = comparison;
    this.scan = new FollowUpScan(bridge, comparison);
  }

  /** Index of the baseline among the images with package data. */
  readonly baseline = $derived.by(() => Math.max(0, this.packages?.images.indexOf(this.#comparison.baseline) ?? 0));

  /** Number of packages that differ; empty while unknown. */
  readonly summary = $derived.by(() => {
    if (this.packages === null || this.packages.rows.length === 0) return '';
    return words.compare.packages.differing(this.packages.rows.filter((row) => isDifferent(row, this.baseline)).length);
  });

  /** Reads the packages, unless they are loaded, or loading, or reading was canceled or failed. */
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

  /** Call when other images are compared. */
  reset(): void {
    this.packages = null;
    this.kind = 'all';
    this.query = '';
    this.scan.reset();
  }
}
