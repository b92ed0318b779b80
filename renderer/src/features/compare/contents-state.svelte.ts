import type { Bridge } from '#contract/ipc/bridge.ts';
import type { ComparedContents } from '#contract/schema/comparison.ts';
import { toErrorData } from '../../bridge/bridge.ts';
import type { ComparisonQueries } from './comparison-queries.ts';
import { MoreReading } from './more-reading.svelte.ts';

/** The content of files that have the same size in several of the compared images: read when it is asked for. */
export class ContentsState {
  /** What it takes; null while that is not known. */
  plan = $state.raw<ComparedContents | null>(null);
  readonly reading: MoreReading;

  readonly #comparison: ComparisonQueries;

  constructor(bridge: Bridge, comparison: ComparisonQueries) {
    this.#comparison = comparison;
    this.reading = new MoreReading(bridge, comparison);
  }

  /** Asks what it takes, or whether it was done. */
  async load(): Promise<void> {
    if (this.plan !== null) return;
    try {
      this.plan = await this.#comparison.ask('contents', {});
    } catch (cause) {
      this.reading.error = toErrorData(cause);
    }
  }

  async read(): Promise<void> {
    const comparison = this.#comparison;
    const ask = async (): Promise<ComparedContents | null> => {
      const plan = await comparison.ask('contents', {});
      return plan.isRead ? plan : null;
    };
    const read = await this.reading.read(ask, () => comparison.ask('readContents', {}));
    if (read === null) return;
    this.plan = read;
    await comparison.refresh();
  }

  /** Other images are compared. */
  forget(): void {
    this.plan = null;
    this.reading.forget();
  }
}
