import { readValue } from './read-value.ts';
import { pipedSecret, positionalSecrets, secretOptions, type SecretOption } from './secret-patterns.ts';
import { isReference } from './is-harmless-value.ts';
import type { TextSpan } from './text-span.ts';

/** Max characters of a command that are searched. */
const commandLimit = 2000;

const programs = [...new Set(secretOptions.flatMap((rule) => rule.programs))];
const anyProgram = new RegExp(String.raw`(?<![\w.-])(?:${programs.join('|')})(?![\w.-])`);
const everyProgram = new RegExp(anyProgram, 'g');
const rulesOf = new Map(
  programs.map((program) => [program, secretOptions.filter((rule) => rule.programs.includes(program))])
);

/** Secrets that well-known commands take without naming them: `docker login -p x`, `echo x | chpasswd`. Linear time. */
export function findCommandSecrets(text: string): TextSpan[] {
  const options = anyProgram.test(text) ? splitCommands(text).flatMap((command) => findInCommand(text, command)) : [];
  return [...options, ...findPositional(text), ...findPiped(text)];
}

function findPositional(text: string): TextSpan[] {
  const patterns = positionalSecrets.filter(({ word }) => text.includes(word));
  return patterns.flatMap(({ pattern }) =>
    [...text.matchAll(pattern)].flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      return isReference(text.slice(start, end)) ? [] : [{ start, end }];
    })
  );
}

/** The commands of a command line, without their separators. */
function splitCommands(text: string): TextSpan[] {
  return [...text.matchAll(/[^\n;|&]{4,}/g)].map(({ index, 0: found }) => ({
    start: index,
    end: index + Math.min(found.length, commandLimit)
  }));
}

/** An option as one word, and the separator before its value. */
const option = /(?<=[\s"',])(--?[A-Za-z][^\s"',=\\]{0,300})((?:\\{0,5}["'])?[\s,=]{1,8})?/g;

function findInCommand(text: string, { start, end }: TextSpan): TextSpan[] {
  const command = text.slice(start, end);
  const rules = [...command.matchAll(everyProgram)].flatMap(([program]) => rulesOf.get(program) ?? []);
  const active = [...new Set(rules)].filter(
    ({ subcommand }) => subcommand === undefined || command.split(/[\s"',]+/).includes(subcommand)
  );
  if (active.length === 0) return [];
  return [...command.matchAll(option)].flatMap(({ index, 0: found, 1: word = '', 2: separator = '' }) => {
    const apart =
      separator === '' ? undefined : active.find((rule) => !isAttached(rule) && rule.options.includes(word));
    const rule = apart ?? active.find((each) => isAttached(each) && each.options.includes(word.slice(0, 2)));
    if (rule === undefined || (apart === undefined && word.length === 2 && separator !== '')) return [];
    const value = readValue(text, start + index + (apart === undefined ? 2 : found.length));
    return isSecretFor(rule, text.slice(value.start, value.end)) ? [value] : [];
  });
}

const isAttached = ({ attached = false }: SecretOption): boolean => attached;

function isSecretFor({ isLogin = false }: SecretOption, value: string): boolean {
  if (value === '' || value.startsWith('-') || value.startsWith('$(') || isReference(value)) return false;
  if (!isLogin) return !/^(?:file|env|stdin|fd):/.test(value);
  const colon = value.indexOf(':');
  return colon >= 0 && colon < value.length - 1 && !isReference(value.slice(colon + 1));
}

/** Max length between a pipe's two commands. */
const pipeLimit = 500;
const printed = /(?:^|[\s;&(])(?:echo|printf)[ \t]+(?:-[neE]{1,3}[ \t]+)?(?=\S)/g;

/** Text that echo or printf pipes into a command that reads a secret. */
function findPiped(text: string): TextSpan[] {
  return [...text.matchAll(/\|([^;|&\n]{1,500})/g)].flatMap(({ index, 1: reader = '' }) => {
    if (!pipedSecret.test(reader)) return [];
    const from = Math.max(0, index - pipeLimit);
    const writer = text.slice(from, index);
    const last = [...writer.matchAll(printed)].at(-1);
    if (last === undefined) return [];
    const written = writer.slice(last.index + last[0].length);
    // Text after the end of a command is another command's.
    if (/^[^"'].*[;&|\n]/s.test(written)) return [];
    const value = written.replace(/^["']/, '').replace(/["']?\s*$/, '');
    const start = from + last.index + last[0].length + (/^["']/.test(written) ? 1 : 0);
    return value === '' || isReference(value) ? [] : [{ start, end: start + value.length }];
  });
}
