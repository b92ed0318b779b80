import { secretFormats } from './secret-patterns.ts';
import type { TextSpan } from './text-span.ts';

const anyFormat = new RegExp(`(?<![A-Za-z0-9])(?:${Object.values(secretFormats).join('|')})`, 'g');

/** Whether a value is recognizable as a secret, whatever its name. */
export function looksSecretValue(value: string): boolean {
  return findSecretValues(value).length > 0;
}

/** Tokens, keys and logins that are recognizable by their format, anywhere in a text. Linear time. */
export function findSecretValues(text: string): TextSpan[] {
  return [...findFormats(text), ...findPrivateKeys(text), ...findUrlLogins(text)];
}

function findFormats(text: string): TextSpan[] {
  return [...text.matchAll(anyFormat)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
}

const keyStart = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
/** Lines of a key whose end is missing; line breaks may be escaped. */
const keyLines = /(?:(?:\s|\\[nr]){1,8}[A-Za-z0-9+/=]{20,})*/y;

/** RFC 7468 blocks, from the first dash to the last. */
function findPrivateKeys(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  for (const match of text.matchAll(keyStart)) {
    if (match.index < (spans.at(-1)?.end ?? 0)) continue;
    const body = match.index + match[0].length;
    spans.push({ start: match.index, end: endOfKey(text, body) });
  }
  return spans;
}

function endOfKey(text: string, body: number): number {
  const next = text.indexOf('-----', body);
  keyEnd.lastIndex = next;
  const closing = next < 0 ? null : keyEnd.exec(text);
  if (closing !== null) return next + closing[0].length;
  keyLines.lastIndex = body;
  return body + (keyLines.exec(text)?.[0].length ?? 0);
}

/** Max length of a login in a URL; and a user name that is a token: "https://TOKEN@github.com". */
const loginLimit = 500;
const tokenAsUser = /^(?=[\w-]*\d)[\w-]{20,}$/;
const variables = /^(?:\$(?:[A-Z_][A-Z0-9_]*|\{\w+\})[:/.-]?)+$/;

/** The part before the @ of each URL that contains a password or a token. */
function findUrlLogins(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const login = readLogin(text.slice(start, start + loginLimit));
    if (login !== null && isSecretLogin(login)) spans.push({ start, end: start + login.length });
  }
  return spans;
}

/** The text before the last @ of the host part; for a URL with an unescaped password, before the first @ of all. */
function readLogin(rest: string): string | null {
  const host = /^[^\s/?#"'<>`\\]*/.exec(rest)?.[0] ?? '';
  if (host.includes('@')) return host.slice(0, host.lastIndexOf('@'));
  const afterColon = /^[^:[\]]*:(.*)/s.exec(host)?.[1];
  if (afterColon === undefined || /^(?:\d{0,5}$|\$)/.test(afterColon)) return null;
  return /^([^\s"'<>`@]*)@/.exec(rest)?.[1] ?? null;
}

function isSecretLogin(login: string): boolean {
  const colon = login.indexOf(':');
  if (colon < 0) return tokenAsUser.test(login);
  const [user, password] = [login.slice(0, colon), login.slice(colon + 1)];
  if (password === '') return tokenAsUser.test(user);
  return !variables.test(password) && !/^[•*]+$/.test(password);
}
