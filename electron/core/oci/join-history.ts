import { cleanHistory, instructionKeyword } from './clean-created-by.ts';

/** A row as the engine's history tells it. */
export interface EngineHistoryRow {
  readonly createdBy: string;
  readonly sizeBytes: number;
  /** The row's comment; BuildKit signs there. */
  readonly comment: string;
}

export interface LayerJoin {
  /** For each row, in the order given, the layer that it made, or null. */
  readonly layerIndexes: readonly (number | null)[];
  /** False: which rows made layers could not be told for certain. */
  readonly exact: boolean;
}

const metadata = new Set(
  'ENV LABEL CMD ENTRYPOINT EXPOSE USER ARG VOLUME STOPSIGNAL HEALTHCHECK ONBUILD SHELL MAINTAINER'.split(' ')
);

type Layering = 'yes' | 'no' | 'maybe';

/**
 * Pairs history rows (base first) with `layerCount` layers. The engine does not tell which rows made one. Rows with bytes
 * did, metadata did not; and BuildKit makes a layer of every RUN, COPY, ADD and WORKDIR. A row of Docker's classic builder
 * without bytes may be either: where the count leaves a choice, the join is a guess, and says so.
 */
export function joinHistory(rows: readonly EngineHistoryRow[], layerCount: number): LayerJoin {
  const instructions = cleanHistory(rows.map(({ createdBy }) => createdBy));
  const certain = rows.map((row, index) => layeringOf(row, instructions[index] ?? ''));
  const exactly = (layering: readonly Layering[], what: Layering): number =>
    layering.filter((one) => one === what).length;
  const wanted = layerCount - exactly(certain, 'yes');
  const open = exactly(certain, 'maybe');
  if (wanted === 0) return { layerIndexes: number(certain.map((one) => one === 'yes')), exact: true };
  if (wanted === open) return { layerIndexes: number(certain.map((one) => one !== 'no')), exact: true };
  return { layerIndexes: number(guess(rows, certain, wanted), layerCount), exact: false };
}

function layeringOf({ createdBy, sizeBytes, comment }: EngineHistoryRow, instruction: string): Layering {
  if (sizeBytes > 0) return 'yes';
  if (metadata.has(instructionKeyword(instruction)) || instruction === 'WORKDIR /') return 'no';
  return comment.startsWith('buildkit.') || /# buildkit\s*$/.test(createdBy) ? 'yes' : 'maybe';
}

/** WORKDIR makes a layer only when the folder was not there: it is the last to be taken. */
function guess(rows: readonly EngineHistoryRow[], certain: readonly Layering[], wanted: number): boolean[] {
  const isWorkdir = (index: number): boolean => /\bWORKDIR\b/.test(rows[index]?.createdBy ?? '');
  const open = certain.flatMap((one, index) => (one === 'maybe' ? [index] : []));
  const ordered = [...open.filter((index) => !isWorkdir(index)), ...open.filter(isWorkdir)];
  const chosen = new Set(ordered.slice(0, Math.max(0, wanted)));
  return certain.map((one, index) => one === 'yes' || chosen.has(index));
}

function number(made: readonly boolean[], layerCount = Number.POSITIVE_INFINITY): (number | null)[] {
  let next = 0;
  return made.map((one) => (one && next < layerCount ? next++ : null));
}
