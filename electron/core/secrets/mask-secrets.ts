import { findCommandSecrets } from './find-command-secrets.ts';
import { findNamedValues } from './find-named-values.ts';
import { findSecretValues } from './find-secret-values.ts';
import { isSecretName } from './is-secret-name.ts';
import { isHarmlessValue } from './is-harmless-value.ts';
import { replaceSpans, type TextSpan } from './text-span.ts';

/** Replaces a secret; always of the same length. */
export const mask = '••••••••';

/** A shorter known secret would too often be part of something else. */
const shortestKnown = 4;

/**
 * Masks the secrets in a command line, a row of an image's history, a line of an env file or any other text: values
 * with
 * secret names, with secret formats, and those passed to well-known commands. Linear time.
 */
export function maskSecretsInText(text: string): string {
  return replaceSpans(text, findSecrets(text), mask);
}

/** The value of a variable, build argument or label: masked if its name or its value indicates a secret. */
export function maskSetting(name: string, value: string): string {
  return isSecretName(name) && !isHarmlessValue(name, value) ? mask : maskSecretsInText(value);
}

/**
 * Masks each of these values anywhere in a text, also in JSON encoding. Values shorter than 4 characters are not
 * masked.
 */
export function maskKnownSecrets(text: string, values: readonly string[]): string {
  const known = values.filter((value) => value.length >= shortestKnown).sort((a, b) => b.length - a.length);
  const written = new Set(known.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]));
  return [...written].reduce((masked, value) => masked.replaceAll(value, mask), text);
}

/** Secrets of one history to search for in all of its rows. */
const repeatedLimit = 50;
/** A word such as "postgres" is masked where it is the password, but not elsewhere. */
const plainWord = /^[A-Za-z]?[a-z]{0,15}$/;

/**
 * Masks the secrets in the rows of one image's history. A secret of one row is also masked in the others:
 * builders also write the value of a build argument into a COPY, where it has no name.
 */
export function maskHistory(rows: readonly string[]): string[] {
  const found = rows.map((text) => ({ text, spans: findSecrets(text) }));
  const secrets = found.flatMap(({ text, spans }) => spans.map(({ start, end }) => unquote(text.slice(start, end))));
  const repeated = [...new Set(secrets)].filter((secret) => !plainWord.test(secret)).slice(0, repeatedLimit);
  return found.map(({ text, spans }) => maskKnownSecrets(replaceSpans(text, spans, mask), repeated));
}

function findSecrets(text: string): TextSpan[] {
  return [...findSecretValues(text), ...findNamedValues(text), ...findCommandSecrets(text)];
}

function unquote(value: string): string {
  return value.replace(/^["']|["']$/g, '');
}
