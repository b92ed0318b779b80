import { isSecretName } from './is-secret-name.ts';
import { quoteAt, readValue, skipScheme } from './read-value.ts';
import { secretHeaders, secretParameters, sentenceWords } from './secret-patterns.ts';
import { isHarmlessValue, isReference } from './is-harmless-value.ts';
import type { TextSpan } from './text-span.ts';
import { endOfUnquoted, readUnquotedRow, type UnquotedRow } from './read-unquoted-row.ts';

/** Max characters of a name, and max blanks between a name, its separator and its value. */
const nameLimit = 128;
const blankLimit = 8;

/**
 * Values whose name indicates a secret: NAME=value, name: value, "name": "value", --name value and
 * `config set name value`. Takes linear time.
 */
export function findNamedValues(text: string): TextSpan[] {
  return [...findAfterSigns(text), ...findAfterOptions(text), ...findAfterSetters(text)];
}

function findAfterSigns(text: string): TextSpan[] {
  const row = readUnquotedRow(text);
  const spans: TextSpan[] = row?.legacy ? [row.legacy] : [];
  let done = 0;
  for (const { index } of text.matchAll(/[=:]/g)) {
    if (index < done) continue;
    const span = text[index] === '=' ? readAssigned(text, index, row) : readKeyed(text, index);
    if (span === null) continue;
    spans.push(span);
    done = span.end;
  }
  return spans;
}

/** NAME=value, also with blanks around the equals sign. */
function readAssigned(text: string, sign: number, row: UnquotedRow | null): TextSpan | null {
  const found = nameBefore(text, sign);
  if (found === null) return null;
  const { name, start, enclosing, isSpaced } = found;
  const secretName = isSecretName(name) ? name : isSecretKey(text, name, start) ? 'password' : null;
  if (secretName === null) return null;
  let from = sign + 1;
  if (isSpaced && text[from] === '=') from += 1;
  if (isSpaced) from = skipBlanks(text, from);
  const value = readValue(text, from, enclosing);
  if (row === null || start < row.start || sign >= row.end) return isGiven(text, value, secretName) ? value : null;
  // A value may contain quotes here, which are part of it.
  const closed = Math.min(value.end + value.start - from, row.end);
  const unquoted = { start: from, end: Math.max(closed, endOfUnquoted(text, from, row)) };
  return !isHarmlessValue(secretName, text.slice(from, unquoted.end)) ? unquoted : null;
}

/** Keys of connection strings and of signed URLs that are not secret elsewhere: PWD is a directory. */
function isSecretKey(text: string, name: string, start: number): boolean {
  const before = text[start - 1] ?? '';
  return before === ';' ? /^pwd$/i.test(name) : /[?&]/.test(before) && secretParameters.has(name.toLowerCase());
}

/** "name": "value" of JSON, name: value of YAML and of headers. */
function readKeyed(text: string, sign: number): TextSpan | null {
  const found = nameBefore(text, sign);
  if (found === null) return null;
  const { name, enclosing, isQuoted } = found;
  const from = skipBlanks(text, sign + 1);
  if (from === sign + 1 && !isQuoted) return null;
  if (/[[{]/.test(text[from] ?? '')) return null;
  const isHeader = secretHeaders.has(name.toLowerCase());
  if (isHeader || isSecretName(name)) {
    const value = readValue(text, from, enclosing);
    const isSentence = !isQuoted && enclosing === '' && isSentenceWord(text.slice(value.start, value.end));
    return !isSentence && isGiven(text, value, isHeader ? 'secret' : name) ? value : null;
  }
  if (!isQuoted || name !== 'auth') return null;
  const value = readValue(text, from);
  return isEncodedLogin(text.slice(value.start, value.end)) ? value : null;
}

const option = /(?<![\w-])--?([A-Za-z][\w.-]{2,100})(?:(?:\\{0,5}["'])?,?[ \t]{1,8}|\\{0,5}["'],[ \t]{0,8})/g;

/** --name value and -name value, also as two strings of a JSON array. */
function findAfterOptions(text: string): TextSpan[] {
  return [...text.matchAll(option)].flatMap((match) => {
    const [all, name = ''] = match;
    if (!isSecretName(name)) return [];
    const value = readValue(text, match.index + all.length);
    const written = text.slice(value.start, value.end);
    // docker's --secret names the secret to mount.
    if (/^(?:-|(?:id|type|src|source)=)/.test(written) || isSentenceWord(written)) return [];
    return isGiven(text, value, name) ? [value] : [];
  });
}

const setter = /(?<![\w-])(?:set|setx|config|--global|--system)[ \t]{1,8}(?=([^\s"'=]{1,200})[ \t]{1,8}[^\s=])/g;

/** `npm config set name value`, `aws configure set name value` and similar commands. */
function findAfterSetters(text: string): TextSpan[] {
  return [...text.matchAll(setter)].flatMap((match) => {
    const [all, name = ''] = match;
    if (!isSecretName(name)) return [];
    const value = readValue(text, skipBlanks(text, match.index + all.length + name.length));
    if (isSentenceWord(text.slice(value.start, value.end))) return [];
    return isGiven(text, value, name) ? [value] : [];
  });
}

/** Whether the value itself is in the text, not a reference to it or a command that prints it. */
function isGiven(text: string, { start, end }: TextSpan, name: string): boolean {
  const value = text.slice(start, end).replace(/^["']|["']$/g, '');
  if (value === '' || value === '$' || value.startsWith('$(')) return false;
  return !isReference(text.slice(skipScheme(text, start), end)) && !isHarmlessValue(name, value);
}

/** Whether it is base64 of "user:password", as logins are stored in docker's and npm's configurations. */
function isEncodedLogin(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,2000}={0,2}$/.test(value)) return false;
  return /^[ -~]+:[ -~]*$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

function isSentenceWord(word: string): boolean {
  return sentenceWords.has(word.toLowerCase().replace(/[.,:;!?]$/, ''));
}

interface FoundName {
  readonly name: string;
  readonly start: number;
  /** The quote directly before an unquoted name: the value ends at its closing quote. */
  readonly enclosing: string;
  readonly isQuoted: boolean;
  /** Whether there are blanks between the name and the separator. */
  readonly isSpaced: boolean;
}

function nameBefore(text: string, sign: number): FoundName | null {
  let end = sign;
  while (sign - end < blankLimit && isBlank(text[end - 1])) end -= 1;
  const isSpaced = end < sign;
  const closing = quoteBefore(text, end);
  end -= closing.length;
  let start = end;
  while (end - start < nameLimit && /[\w.-]/.test(text[start - 1] ?? '')) start -= 1;
  if (start === end) return null;
  const enclosing = closing === '' ? quoteBefore(text, start) : '';
  return { name: text.slice(start, end), start, enclosing, isQuoted: closing !== '', isSpaced };
}

function quoteBefore(text: string, end: number): string {
  if (!/["']/.test(text[end - 1] ?? '')) return '';
  let start = end - 1;
  while (end - start < 6 && text[start - 1] === '\\') start -= 1;
  return quoteAt(text, start);
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at - start < blankLimit && isBlank(text[at])) at += 1;
  return at;
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';
