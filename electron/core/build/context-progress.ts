const reportEveryMs = 100;

/**
 * Counts the bytes of a build's context on their way. Reports at most every 100 ms how many there were, and the sum as the
 * total too once no transfer runs. BuildKit may have several at once, and none at all when nothing is copied.
 */
export class ContextProgress {
  readonly #report: (sentBytes: number, totalBytes: number | null) => void;
  #runningCount = 0;
  #sentBytes = 0;
  #reportedAt = 0;

  constructor(report: (sentBytes: number, totalBytes: number | null) => void) {
    this.#report = report;
  }

  started(): void {
    this.#runningCount++;
    this.#report(this.#sentBytes, null);
  }

  sent(sentBytes: number): void {
    this.#sentBytes += sentBytes;
    if (Date.now() - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = Date.now();
    this.#report(this.#sentBytes, null);
  }

  ended(): void {
    this.#runningCount--;
    this.#report(this.#sentBytes, this.#runningCount === 0 ? this.#sentBytes : null);
  }
}
