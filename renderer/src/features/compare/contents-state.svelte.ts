import type { Bridge } from '#contract/ipc/bridge.ts';
import type { ComparedContents } from '#contract/schema/comparison.ts';
import { toErrorData } from '../../bridge/call.ts';
import type { ComparisonQueries } from './comparison-queries.ts';
import { FollowUpScan } from './follow-up-scan.svelte.ts';

/** The content of files that have the same size in several of the compared images: read on request. */
export class ContentsState {
  /** The cost of reading; null while unknown. */
  plan = $state.raw<ComparedContents | null>(null);
  readonly scan: FollowUpScan;

  readonly #comparison: ComparisonQueries;

  constructor(bridge: Bridge, comparison: ComparisonQueries) {
    this.#comparison = comparison;
    this.scan = new FollowUpScan(bridge, comparison);
  }

  /** Queries the cost, or whether it was done. */
  async load(): Promise<void> {
    if (this.plan !== null) return;
    try {
      this.plan = await this.#comparison.call('contents', {});
    } catch (cause) {
      this.scan.error = toErrorData(cause);
    }
  }

  async read(): Promise<void> {
    const comparison = this.#comparison;
    const call = async (): Promise<ComparedContents | null> => {
      const plan = await comparison.call('contents', {});
      return plan.isRead ? plan : null;
    };
    const read = await this.scan.read(call, () => comparison.call('readContents', {}));
    if (read === null) return;
    this.plan = read;
    await comparison.refresh();
  }

  /** Call when other images are compared. */
  reset(): void {
    this.plan = null;
    this.scan.reset();
  }
}
