import { processWords } from '../shell/process-word.ts';
import { readJsonArray } from './read-json-array.ts';
import { splitCommand } from './split-command.ts';

/** The start of a heredoc on an instruction's line: `<<EOF`, `<<-EOF`, `<< EOF`, `3<<"EOF"`. */
export interface HeredocOpener {
  /** The line that ends it. */
  readonly name: string;
  /** Tabs at the start of its lines do not count. */
  readonly stripsTabs: boolean;
  /** Variables in its text are expanded: its name is not quoted. */
  readonly expands: boolean;
  /** There are spaces between `<<` and the name, which BuildKit reads since 0.22. */
  readonly isSpaced: boolean;
}

const nothing = (): undefined => undefined;
const asWritten = (_name: string, written: string): string => written;
const unquoted = { escape: '\\', unset: asWritten };

/** The heredocs that an instruction's joined line opens, in their order. */
export function readHeredocs(line: string, escape: string): HeredocOpener[] {
  if (!line.includes('<<') || !canHaveHeredoc(line, escape)) return [];
  const words = processWords(line, nothing, { ...unquoted, keepQuotes: true, keepEscapes: true }) ?? [];
  return words.flatMap((word) => readHeredoc(word) ?? []);
}

/** One word as the start of a heredoc; null when it is none. */
export function readHeredoc(word: string): HeredocOpener | null {
  const [, dash, spaces = '', rest = ''] = /^\d*<<(-?)(\s*)([^<]*)$/.exec(word) ?? [];
  if (rest === '') return null;
  const names = processWords(rest, nothing, unquoted) ?? [];
  const written = processWords(rest, nothing, { ...unquoted, keepQuotes: true }) ?? [];
  const [name] = names;
  if (name === undefined || names.length !== 1) return null;
  const expands = countQuotes(name) === countQuotes(written[0] ?? '');
  return { name, stripsTabs: dash === '-', expands, isSpaced: spaces !== '' };
}

function countQuotes(text: string): number {
  return text.match(/["']/g)?.length ?? 0;
}

/** RUN, COPY and ADD in the shell form have them, also behind ONBUILD. */
function canHaveHeredoc(line: string, escape: string): boolean {
  const outer = splitCommand(line, escape);
  const inner = outer.keyword.toUpperCase() === 'ONBUILD' ? splitCommand(outer.operands, escape) : outer;
  const { keyword, operands } = inner;
  return ['RUN', 'COPY', 'ADD'].includes(keyword.toUpperCase()) && readJsonArray(operands) === null;
}
