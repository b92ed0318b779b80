import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';

/** Counts what all layers of an archive unpack to: each may keep to the limit, and a thousand of them not. */
export class UncompressedTotal {
  readonly #maximum: number;
  #bytes = 0;

  constructor({ maxUncompressedBytes }: ArchiveLimits) {
    this.#maximum = maxUncompressedBytes;
  }

  /** Throws archive-too-large at the `entry` that goes beyond the limit. */
  add(bytes: number, entry: string): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#maximum) return;
    throw new AppError('archive-too-large', { entry, limit: 'maxUncompressedBytes', maximum: this.#maximum });
  }
}
