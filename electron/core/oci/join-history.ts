import { cleanCreatedBy, instructionKeyword } from './clean-created-by.ts';

/** A row of the engine's history. */
export interface EngineHistoryRow {
  readonly createdBy: string;
  readonly sizeBytes: number;
  /** The row's comment; BuildKit identifies itself in it. */
  readonly comment: string;
}

export interface LayerJoin {
  /** For each row, in the given order, the index of the layer that it created, or null. */
  readonly layerIndexes: readonly (number | null)[];
  /** False: it is uncertain which rows created layers. */
  readonly exact: boolean;
}

const metadata = new Set(
  'ENV LABEL CMD ENTRYPOINT EXPOSE USER ARG VOLUME STOPSIGNAL HEALTHCHECK ONBUILD SHELL MAINTAINER'.split(' ')
);

type Layering = 'yes' | 'no' | 'maybe';

/**
 * Matches history rows (base first) with `layerCount` layers. The engine does not report which rows created one. Rows
 * with bytes
 * did, metadata did not; and BuildKit creates a layer for every RUN, COPY, ADD and WORKDIR. A row of Docker's classic
 * builder
 * without bytes may be either: if the count allows more than one match, the result is a guess, and `exact` is false.
 */
export function joinHistory(rows: readonly EngineHistoryRow[], layerCount: number): LayerJoin {
  const certain = rows.map(layeringOf);
  const exactly = (layering: readonly Layering[], what: Layering): number =>
    layering.filter((one) => one === what).length;
  const uncertainCount = layerCount - exactly(certain, 'yes');
  const open = exactly(certain, 'maybe');
  if (uncertainCount === 0) return { layerIndexes: number(certain.map((one) => one === 'yes')), exact: true };
  if (uncertainCount === open) return { layerIndexes: number(certain.map((one) => one !== 'no')), exact: true };
  return { layerIndexes: number(guess(rows, certain, uncertainCount), layerCount), exact: false };
}

function layeringOf({ createdBy, sizeBytes, comment }: EngineHistoryRow): Layering {
  if (sizeBytes > 0) return 'yes';
  if (metadata.has(instructionKeyword(cleanCreatedBy(createdBy)))) return 'no';
  return comment.startsWith('buildkit.') || /# buildkit\s*$/.test(createdBy) ? 'yes' : 'maybe';
}

/** WORKDIR creates a layer only if the directory did not exist: it is chosen last. */
function guess(rows: readonly EngineHistoryRow[], certain: readonly Layering[], uncertainCount: number): boolean[] {
  const isWorkdir = (index: number): boolean => /\bWORKDIR\b/.test(rows[index]?.createdBy ?? '');
  const open = certain.flatMap((one, index) => (one === 'maybe' ? [index] : []));
  const ordered = [...open.filter((index) => !isWorkdir(index)), ...open.filter(isWorkdir)];
  const chosen = new Set(ordered.slice(0, Math.max(0, uncertainCount)));
  return certain.map((one, index) => one === 'yes' || chosen.has(index));
}

function number(made: readonly boolean[], layerCount = Number.POSITIVE_INFINITY): (number | null)[] {
  let next = 0;
  return made.map((one) => (one && next < layerCount ? next++ : null));
}
