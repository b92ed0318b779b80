/** Bytes sent up to a time, in milliseconds of any monotonic clock. */
export interface RateSample {
  readonly atMs: number;
  readonly sentBytes: number;
}

/** Window over which the rate is averaged: long enough to be smooth, short enough to follow changes. */
const windowMs = 5000;
/** With a shorter history the rate is not meaningful. */
const minSpanMs = 500;

/** Adds a sample and drops those before the window; keeps one sample at its edge as a reference. */
export function addSample(samples: readonly RateSample[], sample: RateSample): RateSample[] {
  const recent = samples.filter(
    (old, index) =>
      old.atMs >= sample.atMs - windowMs || (samples[index + 1]?.atMs ?? Infinity) > sample.atMs - windowMs
  );
  const last = recent.at(-1);
  return last !== undefined && sample.sentBytes < last.sentBytes ? [sample] : [...recent, sample];
}

/** Bytes per second over the window; null while unknown. */
export function measureRate(samples: readonly RateSample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < minSpanMs) return null;
  return ((last.sentBytes - first.sentBytes) * 1000) / (last.atMs - first.atMs);
}

/** Seconds until everything is sent at this rate, rounded up; null if unknown. */
export function secondsLeft(rate: number | null, sentBytes: number, toSendBytes: number | null): number | null {
  if (rate === null || rate <= 0 || toSendBytes === null || sentBytes >= toSendBytes) return null;
  return Math.ceil((toSendBytes - sentBytes) / rate);
}
