import type { BuildStep } from '#contract/schema/build.ts';
import type { ImageDetail, LayerOrigin } from '#contract/schema/image.ts';

/** The bytes and duration of one line of the built Dockerfile. */
export interface LineBytes {
  /** 1-based, in the text as it was built. */
  readonly line: number;
  /** Null for a line that made no part of the image, as those of a stage that is only copied from. */
  readonly sizeBytes: number | null;
  readonly origin: LayerOrigin;
  /** Sum of the durations of the line's steps; null if none was measured. */
  readonly durationMs: number | null;
  /** Every step of the line was cached. */
  readonly isCached: boolean;
}

type TimedStep = Pick<BuildStep, 'line' | 'status' | 'startedAt' | 'completedAt'>;

/**
 * Sums the rows of an image and the steps of its build by line. The base image's bytes are at the FROM that brought
 * them, when it is known.
 */
export function sumLineBytes(
  image: Pick<ImageDetail, 'history' | 'baseLine'>,
  steps: readonly TimedStep[]
): LineBytes[] {
  const stepsOfLine = new Map<number, TimedStep[]>();
  for (const step of steps) {
    if (step.line !== null) stepsOfLine.set(step.line, [...(stepsOfLine.get(step.line) ?? []), step]);
  }
  const sums = new Map<number, LineBytes>();
  for (const [line, ofLine] of stepsOfLine)
    sums.set(line, { line, sizeBytes: null, origin: 'other', ...timeOf(ofLine) });
  for (const row of image.history) {
    const line = row.line ?? (row.origin === 'base' ? image.baseLine : null);
    if (line === null) continue;
    const before = sums.get(line);
    const isLarger = before?.sizeBytes == null || row.sizeBytes > before.sizeBytes;
    sums.set(line, {
      ...(before ?? { line, ...timeOf([]) }),
      sizeBytes: (before?.sizeBytes ?? 0) + row.sizeBytes,
      origin: isLarger ? row.origin : before.origin
    });
  }
  return [...sums.values()].sort((a, b) => a.line - b.line);
}

function timeOf(steps: readonly TimedStep[]): Pick<LineBytes, 'durationMs' | 'isCached'> {
  const times = steps.flatMap(({ startedAt, completedAt }) =>
    startedAt === null || completedAt === null ? [] : [completedAt - startedAt]
  );
  return {
    durationMs: times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0),
    isCached: steps.length > 0 && steps.every(({ status }) => status === 'cached')
  };
}
