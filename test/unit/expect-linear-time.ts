import { expect } from 'vitest';

/** How much more work the larger of two inputs is; quadratic work takes the square of it. */
const growth = 8;
const allowedGrowth = 3 * growth;
/** Less than this cannot be distinguished from noise. */
const leastMs = 25;
const attempts = 3;

/**
 * Milliseconds of processor time that this process spends on `work`: unlike the time on the clock, other work on the
 * machine hardly changes it.
 */
export function measureProcessorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Asserts that `work` takes time in proportion to its input: for an input 8 times as large it may take 24 times as long, while
 * quadratic work takes 64 times as long. A garbage collection in between can fail one measurement, so it is repeated.
 * @param largeLength the length of the larger input, for which `work` should take some tens of milliseconds
 */
export function expectLinearTime(work: (length: number) => unknown, largeLength: number, what = ''): void {
  let ratio = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const smallMs = measureProcessorTime(() => work(largeLength / growth));
    const largeMs = measureProcessorTime(() => work(largeLength));
    ratio = largeMs / Math.max(smallMs, leastMs);
    if (ratio <= allowedGrowth) return;
  }
  expect(ratio, what).toBeLessThanOrEqual(allowedGrowth);
}
