const reportEveryMs = 100;

/**
 * Counts the sent bytes of the build context. Reports them every 100 ms at most, and with the total when no transfer is
 * running. BuildKit can run several transfers at once, or none if nothing is copied.
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
