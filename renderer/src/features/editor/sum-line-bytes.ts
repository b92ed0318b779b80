import type { BuildStep } from '#contract/schema/build.ts';
import type { ImageDetail, LayerOrigin } from '#contract/schema/image.ts';

/** The bytes and duration of one line of the built Dockerfile. */
export interface LineBytes {
  /** 1-based, in the text as it was built. */
  readonly line: number;
  readonly sizeBytes: number;
  readonly origin: LayerOrigin;
  /** Sum of the durations of the line's steps; null if none was measured. */
  readonly durationMs: number | null;
  /** Every step of the line was cached. */
  readonly isCached: boolean;
}

/**
 * Sums the rows of an image and the steps of its build by line. The base image's bytes count for its FROM line,
 * if it is known.
 */
export function sumLineBytes(
  image: Pick<ImageDetail, 'history' | 'baseLine'>,
  steps: readonly Pick<BuildStep, 'line' | 'status' | 'startedAt' | 'completedAt'>[]
): LineBytes[] {
  const sums = new Map<number, LineBytes>();
  for (const row of image.history) {
    const line = row.line ?? (row.origin === 'base' ? image.baseLine : null);
    if (line === null) continue;
    const before = sums.get(line);
    const isLarger = before === undefined || row.sizeBytes > before.sizeBytes;
    sums.set(line, {
      line,
      sizeBytes: (before?.sizeBytes ?? 0) + row.sizeBytes,
      origin: isLarger ? row.origin : before.origin,
      ...timeOf(steps.filter((step) => step.line === line))
    });
  }
  return [...sums.values()].sort((a, b) => a.line - b.line);
}

function timeOf(
  steps: readonly Pick<BuildStep, 'status' | 'startedAt' | 'completedAt'>[]
): Pick<LineBytes, 'durationMs' | 'isCached'> {
  const times = steps.flatMap(({ startedAt, completedAt }) =>
    startedAt === null || completedAt === null ? [] : [completedAt - startedAt]
  );
  return {
    durationMs: times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0),
    isCached: steps.length > 0 && steps.every(({ status }) => status === 'cached')
  };
}
