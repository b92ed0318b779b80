import { isSecretName } from './is-secret-name.ts';
import type { TextSpan } from './text-span.ts';

/** The part of a history row with unquoted NAME=value pairs: values may contain blanks. */
export interface UnquotedRow extends TextSpan {
  /** The value of `ENV NAME value`, if NAME indicates a secret. */
  readonly legacy: TextSpan | null;
}

/** "RUN |2 A=some text B=c /bin/sh -c make", the format in which builders record the arguments of a RUN. */
const runArguments = /^(?:RUN )?\|\d{1,4} /;
const shell = /\s(?:\/\S{1,100}\/)?(?:(?:ba|da|a|z|k|c|tc)?sh|cmd|powershell|pwsh)(?:\.exe)?\s/gi;
/** "ENV A=some text B=c", also after the "/bin/sh -c #(nop)" of older builders. */
const declaration = /^\s{0,8}(?:\S{1,40} -c )?(?:#\(nop\) {1,2})?(?:(ENV)|LABEL|ARG)\s{1,8}/i;
const nextName = /\s[A-Za-z_][\w.-]{0,127}=/g;

/** Finds that part of a row; null if the row has none. */
export function readUnquotedRow(text: string): UnquotedRow | null {
  const run = runArguments.exec(text);
  if (run !== null) {
    shell.lastIndex = run[0].length;
    const found = shell.exec(text);
    return found && { start: run[0].length, end: found.index, legacy: null };
  }
  const declared = declaration.exec(text);
  if (declared === null) return null;
  const start = declared[0].length;
  return { start, end: text.length, legacy: declared[1] === undefined ? null : readLegacy(text, start) };
}

/** The end of the value that starts at `from`: before the next NAME=, or the end of the row's part. */
export function endOfUnquoted(text: string, from: number, { end }: UnquotedRow): number {
  nextName.lastIndex = from;
  return Math.min(nextName.exec(text)?.index ?? end, end);
}

function readLegacy(text: string, start: number): TextSpan | null {
  const found = /^([A-Za-z_][\w.-]{0,127})\s{1,8}(?=[^\s=])/.exec(text.slice(start, start + 200));
  if (found?.[1] === undefined || !isSecretName(found[1])) return null;
  return { start: start + found[0].length, end: text.length };
}
