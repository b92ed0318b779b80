import type { LayerOrigin } from '#contract/schema/image.ts';
import type { ExpandedInstruction } from '#dockerfile/expand-instructions.ts';
import { matchesInstruction } from '#dockerfile/matches-instruction.ts';
import { instructionKeyword } from '../oci/clean-created-by.ts';

/** The instruction that created a row of the history, and whether both match. */
export interface TracedRow {
  readonly instruction: ExpandedInstruction;
  readonly agrees: boolean;
}

/** Instructions that create no row in some builders' history. */
const mayLeaveNoRow = new Set(['ARG', 'ONBUILD', 'MAINTAINER']);
const makesLayer = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Instructions that ONBUILD of the base image has made the build run after FROM, as the build named their steps. */
export interface BaseTriggers {
  readonly texts: readonly string[];
  /** 1-based line of the FROM. */
  readonly line: number;
}

/**
 * For each row (cleaned instructions, base first), the instruction that made it, or null for rows that were there before:
 * those of the base. Every builder leaves one row an instruction, so both are walked from the newest backwards, and the
 * first row that fits no instruction ends the Dockerfile's own part; below it are what ONBUILD of the base image brought.
 */
export function traceRows(
  rows: readonly string[],
  instructions: readonly ExpandedInstruction[],
  triggers: BaseTriggers = { texts: [], line: 0 }
): (TracedRow | null)[] {
  const traced = rows.map((): TracedRow | null => null);
  let next = instructions.length - 1;
  const skipRowless = (keyword: string | null): void => {
    while (instructions[next] !== undefined && instructions[next]?.keyword !== keyword) {
      if (!mayLeaveNoRow.has(instructions[next]?.keyword ?? '')) return;
      next -= 1;
    }
  };
  let row = rows.length - 1;
  for (; row >= 0; row--) {
    const text = rows[row] ?? '';
    const keyword = instructionKeyword(text);
    skipRowless(keyword);
    const instruction = instructions[next];
    if (instruction?.keyword !== keyword) break;
    traced[row] = { instruction, agrees: matchesInstruction(text, instruction) };
    next -= 1;
  }
  skipRowless(null);
  if (next < 0) traceTriggers(rows.slice(0, row + 1), triggers).forEach((found, index) => (traced[index] ??= found));
  return traced;
}

/**
 * The rows at the end of these that are the triggers' own. The build names only those that make layers: rows between them
 * are of triggers too, as long as they make none.
 */
function traceTriggers(rows: readonly string[], { texts, line }: BaseTriggers): (TracedRow | null)[] {
  const traced = rows.map((): TracedRow | null => null);
  const remaining = texts.map((text) => toTrigger(text, line));
  let end = rows.length;
  while (remaining.length > 0) {
    const at = rows.findLastIndex((row, index) => index < end && makesLayer.has(instructionKeyword(row)));
    const row = rows[at] ?? '';
    const ofKeyword = remaining.filter(({ keyword }) => keyword === instructionKeyword(row));
    const trigger = ofKeyword.find((each) => matchesInstruction(row, each)) ?? ofKeyword.at(-1);
    if (trigger === undefined) break;
    remaining.splice(remaining.indexOf(trigger), 1);
    traced[at] = { instruction: trigger, agrees: matchesInstruction(row, trigger) };
    for (let index = at + 1; index < end; index++) {
      traced[index] = { instruction: toTrigger(rows[index] ?? '', line), agrees: true };
    }
    end = at;
  }
  return traced;
}

function toTrigger(text: string, line: number): ExpandedInstruction {
  const keyword = instructionKeyword(text);
  const written = text.slice(keyword.length).trim();
  return {
    keyword,
    line,
    stageIndex: 0,
    isTrigger: true,
    written,
    expanded: written,
    flags: [],
    operands: written,
    heredocs: [],
    copiedFrom: null
  };
}

/**
 * How many of the rows (base first) are the base image's when no Dockerfile is at hand. Only what cannot have been
 * written in a project's Dockerfile counts: the root file system itself (an import, or ADD of an archive to /) with all
 * before it and the metadata that directly follows. A history that starts otherwise is taken as the image's own.
 */
export function countRootRows(rows: readonly { instruction: string; layerIndex: number | null }[]): number {
  const first = rows.findIndex(({ layerIndex }) => layerIndex !== null);
  if (first < 0 || !isRootFileSystem(rows[first]?.instruction ?? '')) return 0;
  const ownStart = rows.findIndex(
    ({ instruction }, index) => index > first && !['CMD', 'ENTRYPOINT'].includes(instructionKeyword(instruction))
  );
  return ownStart < 0 ? rows.length : ownStart;
}

/** The origin of a layer by the instruction that created it; 'base' is assigned by describeHistory. */
export function originOf(instruction: string): LayerOrigin {
  const keyword = instructionKeyword(instruction);
  if (keyword === 'RUN') return 'run';
  return keyword === 'COPY' || keyword === 'ADD' ? 'copy' : 'other';
}

function isRootFileSystem(instruction: string): boolean {
  return (
    instruction === '' || /^ADD .* (?:in )?\/$/.test(instruction) || /^#|debuerreotype|^mmdebstrap/.test(instruction)
  );
}
