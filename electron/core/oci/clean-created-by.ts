import type { ImageConfig } from './image-documents.ts';

/**
 * A shell with its options, as an image's SHELL has it: "/bin/bash --login -o pipefail -c". Repetitions are bounded, so that
 * a row of nothing but shells takes linear time.
 */
const unixShell = String.raw`(?:/[\w./-]*/)?(?:ba|da|a|z|k|fi)?sh(?: (?:[-+][oO] \w+|[-+]\w+|--[\w-]+)){0,20}? -[a-z]*c`;
const windowsShell = String.raw`(?:cmd|cmd\.exe)(?: /[A-Za-z])+|(?:powershell|pwsh)(?:\.exe)?(?: -\w+| \w+){0,20}? -[Cc]ommand(?: \$[^#]{0,1000};)?`;
const anyShell = `(?:${unixShell}|${windowsShell})`;
const knownShell = new RegExp(`^${anyShell} (.*)$`);
/** Build arguments come first, "|2 A=b C=d e", and may have spaces. */
const afterArguments = new RegExp(`^\\|\\d+ .*? (${anyShell} .*)$`);
/** What the classic builder writes for an instruction that runs nothing. */
const noOperation = /^#\(nop\) ?(.*)$/;

/**
 * A history row's created-by as the instruction that a person would write: "/bin/sh -c #(nop)  CMD [\"sh\"]" is
 * CMD ["sh"], "RUN |1 A=b /bin/sh -c make # buildkit" is RUN make. `shell` is what SHELL has set before the row, as its own
 * row writes it; the usual ones are known without. What no Dockerfile made stays as it is; empty when nothing is known.
 */
export function cleanCreatedBy(createdBy: string, shell: string | null = null): string {
  const text = createdBy
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ # buildkit$/, '');
  const isRun = text.startsWith('RUN ');
  const command = readCommand(isRun ? text.slice('RUN '.length) : text, shell);
  if (command === null) return text;
  const nop = isRun ? null : noOperation.exec(command)?.[1];
  return nop == null ? `RUN ${command.trim()}` : shortenHashes(nop.trim());
}

/** Rows of one history, base first, each cleaned with the shell that SHELL rows before it have set. */
export function cleanHistory(createdBys: readonly string[]): string[] {
  let shell: string | null = null;
  return createdBys.map((createdBy) => {
    // The classic builder has the new shell before #(nop) already.
    const changed = readShell(createdBy);
    if (changed !== null && createdBy.startsWith(`${changed} #(nop)`)) shell = changed;
    const instruction = cleanCreatedBy(createdBy, shell);
    if (instruction.startsWith('SHELL ')) shell = readShell(instruction) ?? shell;
    return instruction;
  });
}

/** The words of a SHELL, "[/bin/bash -c]" or ["/bin/bash", "-c"], with spaces between them; null for anything else. */
function readShell(text: string): string | null {
  const words = /\bSHELL \[([^\][]*)\]\s*$/.exec(text)?.[1];
  return words?.replace(/["',\s]+/g, ' ').trim() ?? null;
}

/** What a shell was given to run; null for what no shell ran. */
function readCommand(text: string, shell: string | null): string | null {
  const ofShell = (candidate: string): string | null => {
    if (shell !== null && candidate.startsWith(`${shell} `)) return candidate.slice(shell.length + 1);
    return knownShell.exec(candidate)?.[1] ?? null;
  };
  if (!/^\|\d+ /.test(text)) return ofShell(text);
  const at = shell === null ? -1 : text.indexOf(` ${shell} `);
  if (at >= 0) return ofShell(text.slice(at + 1));
  const command = afterArguments.exec(text)?.[1];
  return command === undefined ? null : ofShell(command);
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
  return row.created_by === '' ? row.comment : row.created_by;
}
