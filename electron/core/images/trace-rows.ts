import type { LayerOrigin } from '#contract/schema/image.ts';
import type { ExpandedInstruction } from '#dockerfile/expand-instructions.ts';
import { matchesInstruction } from '#dockerfile/matches-instruction.ts';
import { instructionKeyword } from '../oci/clean-created-by.ts';

/** Which instruction made a row of the history, and whether both say the same. */
export interface TracedRow {
  readonly instruction: ExpandedInstruction;
  readonly agrees: boolean;
}

/** Instructions that leave no row in some builders' history. */
const mayLeaveNoRow = new Set(['ARG', 'ONBUILD', 'MAINTAINER']);

/**
 * For each row (cleaned instructions, base first), the instruction that made it, or null for rows that were there before:
 * those of the base. Every builder leaves one row an instruction, so both are walked from the newest backwards, and the
 * first row that fits no instruction ends the Dockerfile's own part.
 */
export function traceRows(rows: readonly string[], instructions: readonly ExpandedInstruction[]): (TracedRow | null)[] {
  const traced = rows.map((): TracedRow | null => null);
  let next = instructions.length - 1;
  for (let row = rows.length - 1; row >= 0; row--) {
    const text = rows[row] ?? '';
    const keyword = instructionKeyword(text);
    while (
      next >= 0 &&
      instructions[next]?.keyword !== keyword &&
      mayLeaveNoRow.has(instructions[next]?.keyword ?? '')
    ) {
      next -= 1;
    }
    const instruction = instructions[next];
    if (instruction?.keyword !== keyword) break;
    traced[row] = { instruction, agrees: matchesInstruction(text, instruction) };
    next -= 1;
  }
  return traced;
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
