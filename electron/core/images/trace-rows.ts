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

/**
 * For each row (cleaned instructions, base first), the instruction that created it, or null for rows of the
 * base image. Every builder creates one row per instruction, so both are compared from the newest backwards, and the
 * first row that matches no instruction ends the Dockerfile's part.
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
 * How many of the rows (base first) belong to the base image if the Dockerfile is unknown. Only rows that cannot be
 * from
 * a project's Dockerfile count: the root file system itself (an import, or ADD of an archive to /) with all rows
 * before it and the metadata directly after it. A history that starts otherwise counts as the image's own.
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
