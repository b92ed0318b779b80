import type { HistoryRow } from '#contract/schema/image.ts';
import { expandInstructions } from '#dockerfile/expand-instructions.ts';
import { isHashedCopy } from '#dockerfile/matches-instruction.ts';
import { parseDockerfile, type ParsedDockerfile, type Stage } from '#dockerfile/parse/parse-dockerfile.ts';
import { findBaseStage } from '#dockerfile/stages.ts';
import { cleanHistory } from '../oci/clean-created-by.ts';
import type { LayerJoin } from '../oci/join-history.ts';
import { maskHistory } from '../secrets/mask-secrets.ts';
import { countRootRows, originOf, traceRows, type BaseTriggers, type TracedRow } from './trace-rows.ts';

/** The build that created the image, if it is on record. Plain data: it crosses to other threads. */
export interface BuiltFrom {
  readonly dockerfileText: string;
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Lines of the Dockerfile that the build itself reported as its steps. */
  readonly stepLines: readonly number[];
  /** The steps that the build reported on those lines, by name. Empty where they are not known. */
  readonly steps?: readonly { readonly line: number; readonly name: string }[];
  /** What it was built for: "linux/amd64"; null when that is not known. */
  readonly platform?: string | null;
}

/** A row of a history, from any source. */
export interface HistoryEntry {
  readonly createdBy: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970; null if unknown. */
  readonly createdAt: number | null;
}

/**
 * The rows of a history, base first, each with its layer (from `join`), its origin and, if the build is known,
 * the line that created it; and the name of the base image and the line with it. Secrets in the rows are masked.
 */
export function describeHistory(
  entries: readonly HistoryEntry[],
  join: LayerJoin,
  diffIds: readonly string[],
  builtFrom: BuiltFrom | null
): { history: HistoryRow[]; baseName: string | null; baseLine: number | null } {
  const createdBys = entries.map(({ createdBy }) => createdBy);
  const instructions = cleanHistory(createdBys);
  const dockerfile = builtFrom && readDockerfile(builtFrom);
  const baseStage = dockerfile && findBaseStage(dockerfile, builtFrom.target);
  const traced =
    dockerfile &&
    traceRows(
      instructions,
      expandInstructions(dockerfile, builtFrom.target),
      readTriggers(builtFrom, baseStage ?? null)
    );
  const copies = entries.map((_, index) => readCopy(instructions[index] ?? '', traced?.[index] ?? null));
  // The Dockerfile's own words are masked along with the rows: a secret of one is masked in all.
  const masked = maskHistory([...createdBys, ...copies.map((copy) => copy ?? '')]);
  const cleaned = cleanHistory(masked.slice(0, entries.length));
  const steps = new Set(builtFrom?.stepLines);
  const rows = entries.map((row, index): HistoryRow => {
    const layerIndex = join.layerIndexes[index] ?? null;
    const made = traced?.[index] ?? null;
    return {
      createdBy: masked[index] ?? '',
      instruction: (copies[index] === null ? cleaned[index] : masked[entries.length + index]) ?? '',
      origin: originOf(instructions[index] ?? ''),
      sizeBytes: row.sizeBytes,
      createdAt: row.createdAt,
      layerIndex,
      diffId: layerIndex === null ? null : (diffIds[layerIndex] ?? null),
      line: made?.instruction.line ?? null,
      evidence: made && evidenceOf(made, steps, join.exact),
      copiedFrom: made?.instruction.copiedFrom ?? null
    };
  });
  const isNamed = baseStage !== null && baseStage.base !== '' && baseStage.base !== 'scratch';
  return {
    history: markBase(rows, traced),
    baseName: isNamed ? baseStage.base : null,
    baseLine: baseStage?.line ?? null
  };
}

function readDockerfile({ dockerfileText, buildArgs, platform = null }: BuiltFrom): ParsedDockerfile {
  const platforms = platform === null ? null : { build: platform, target: platform };
  return parseDockerfile(dockerfileText, { buildArgs, platforms });
}

/** The steps on the FROM's line other than FROM itself. BuildKit since 0.17 puts ONBUILD before them. */
function readTriggers({ steps = [] }: BuiltFrom, baseStage: Stage | null): BaseTriggers {
  if (baseStage === null) return { texts: [], line: 0 };
  const texts = steps
    .filter(({ line, name }) => line === baseStage.line && !/^FROM\b/i.test(name))
    .map(({ name }) => name.replace(/^ONBUILD /, ''));
  return { texts, line: baseStage.line };
}

/** What the Dockerfile copies where the row names it by its hash only; null for any other row. */
function readCopy(instruction: string, row: TracedRow | null): string | null {
  if (!row?.agrees || !isHashedCopy(instruction)) return null;
  return `${row.instruction.keyword} ${row.instruction.written.replace(/\s+/g, ' ')}`;
}

/** A line is certain if the build reported it as a step; else the instructions are compared. */
function evidenceOf(
  { instruction, agrees }: TracedRow,
  steps: ReadonlySet<number>,
  exact: boolean
): HistoryRow['evidence'] {
  if (!exact || !agrees) return 'guess';
  return steps.has(instruction.line) ? 'exact' : 'matched';
}

/**
 * Rows below the Dockerfile's first one are from the base image; without a Dockerfile, only rows that are certainly not
 * its own.
 */
function markBase(rows: HistoryRow[], traced: readonly (TracedRow | null)[] | null): HistoryRow[] {
  const own = traced?.findIndex((row) => row !== null);
  const baseRows = own === undefined ? countRootRows(rows) : own < 0 ? rows.length : own;
  return rows.map((row, index) => (index < baseRows ? { ...row, origin: 'base' } : row));
}

/** Engines write the year 1 or 1970 for "unknown". */
export function readTime(milliseconds: number | null): number | null {
  return milliseconds === null || Number.isNaN(milliseconds) || milliseconds <= 0 ? null : milliseconds;
}
