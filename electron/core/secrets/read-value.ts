import { authorizationSchemes } from './secret-patterns.ts';
import type { TextSpan } from './text-span.ts';

/** A quote; escaped inside other quotes. */
const quote = /\\{0,5}["']/y;
const scheme = new RegExp(`(?:${authorizationSchemes})[ \\t]{1,8}(?=\\S)`, 'iy');
const endsWord = /[\s`;&|()<>]/;
const followsQuote = /[\s`;&|()<>,\]}:"'\\]/;

/** The quote at a position of a text, with its escapes; empty for none. */
export function quoteAt(text: string, at: number): string {
  quote.lastIndex = at;
  return quote.exec(text)?.[0] ?? '';
}

/**
 * The value that starts at `start`, without its quotes: a quoted string, else the remainder inside `enclosing` (the
 * quote before the value's name), else a shell word. The scheme of an Authorization header is part of it.
 */
export function readValue(text: string, start: number, enclosing = ''): TextSpan {
  const opening = quoteAt(text, start);
  if (opening !== '' && opening === enclosing) return { start, end: start };
  const inside = start + opening.length;
  const closing = opening === '' ? -1 : findClosing(text, inside, opening);
  if (closing >= 0) {
    const after = closing + opening.length;
    const continues = after < text.length && !/[\s`;&|()<>,\]}:]/.test(text[after] ?? '');
    return { start: inside, end: continues ? Math.max(closing, readWord(text, after)) : closing };
  }
  const enclosed = enclosing === '' ? -1 : findClosing(text, inside, enclosing);
  return { start: inside, end: enclosed >= 0 ? enclosed : readWord(text, skipScheme(text, inside)) };
}

/** The start of the actual value: after the scheme of an Authorization header, if any. */
export function skipScheme(text: string, start: number): number {
  scheme.lastIndex = start;
  return start + (scheme.exec(text)?.[0].length ?? 0);
}

/** The end of the word that starts at `start`, including quoted parts and escaped spaces. */
function readWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !endsWord.test(text[at] ?? '')) {
    const opening = quoteAt(text, at);
    if (opening === '') {
      const isEscape = text[at] === '\\' && !/[\r\n]/.test(text[at + 1] ?? '\n');
      at += isEscape ? 2 : 1;
      continue;
    }
    const after = at + opening.length;
    if (after >= text.length || followsQuote.test(text[after] ?? '')) return at;
    const closing = findClosing(text, after, opening);
    at = closing < 0 ? after : closing + opening.length;
  }
  return Math.min(at, text.length);
}

/** The next unescaped quote of this kind; -1 for none. */
function findClosing(text: string, start: number, closing: string): number {
  for (let at = text.indexOf(closing, start); at >= 0; at = text.indexOf(closing, at + 1)) {
    if (closing === "'" || !isEscaped(text, at, start, closing.length > 1)) return at;
  }
  return -1;
}

/** Inside other quotes any further backslash makes it a quote of another level. */
function isEscaped(text: string, at: number, start: number, isNested: boolean): boolean {
  let count = 0;
  while (at - count > start && text[at - count - 1] === '\\') count += 1;
  return isNested ? count > 0 : count % 2 === 1;
}
