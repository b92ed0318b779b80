import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';

/** Sums the uncompressed size of all layers of an archive: each may be below the limit, but a thousand of them not. */
export class UncompressedTotal {
  readonly #maximum: number;
  #bytes = 0;

  constructor({ maxUncompressedBytes }: ArchiveLimits) {
    this.#maximum = maxUncompressedBytes;
  }

  /** Throws archive-too-large at the `entry` that exceeds the limit. */
  add(bytes: number, entry: string): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#maximum) return;
    throw new AppError('archive-too-large', { entry, limit: 'maxUncompressedBytes', maximum: this.#maximum });
  }
}
