import type { ImageConfig } from './image-documents.ts';

const shell = String.raw`(?:/(?:usr/)?bin/(?:ba|da|a|z)?sh(?: -[a-z]+(?: pipefail)?)*? -[a-z]*c|cmd /S /C)`;
const runByBuildKit = new RegExp(`^RUN (?:\\|\\d+ .*? )??${shell} (.*)$`);
const runByClassic = new RegExp(`^(?:\\|\\d+ .*? )??${shell} (.*)$`);

/**
 * A history row's created-by as a Dockerfile instruction: "/bin/sh -c #(nop)  CMD [\"sh\"]" is
 * CMD ["sh"], "RUN |1 A=b /bin/sh -c make # buildkit" is RUN make. Text of other tools is unchanged; empty if
 * unknown.
 */
export function cleanCreatedBy(createdBy: string): string {
  const text = createdBy
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ # buildkit$/, '');
  const nop = /#\(nop\) ?(.*)$/.exec(text)?.[1];
  if (nop !== undefined && text.indexOf('#(nop)') < 24) return shortenHashes(nop.trim());
  const command = runByBuildKit.exec(text)?.[1] ?? runByClassic.exec(text)?.[1];
  return command === undefined ? text : `RUN ${command.trim()}`;
}

/** The keyword of a cleaned instruction; empty if it does not start with one. */
export function instructionKeyword(instruction: string): string {
  return /^([A-Z]+)(?:\s|$)/.exec(instruction)?.[1] ?? '';
}

/** The classic builder names copied files by hash; all 64 characters of it are of no use. */
function shortenHashes(text: string): string {
  return text.replace(/\b(file|dir|multi):([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1:$2');
}

/** The command of a row of a config's history: its created_by, else its comment; empty if it has neither. */
export function createdByOf(row: ImageConfig['history'][number]): string {
  return row.created_by ?? row.comment ?? '';
}
