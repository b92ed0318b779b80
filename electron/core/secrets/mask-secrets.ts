import { findCommandSecrets } from './find-command-secrets.ts';
import { findNamedValues } from './find-named-values.ts';
import { findSecretValues } from './find-secret-values.ts';
import { isSecretName } from './is-secret-name.ts';
import { isHarmlessValue } from './is-harmless-value.ts';
import { replaceSpans, type TextSpan } from './text-span.ts';

/** Shown instead of a secret; always of the same length. */
export const mask = '••••••••';

/** A known secret of fewer characters is too likely a part of something else. */
const shortestKnown = 4;

/**
 * A command line, a row of an image's history, a line of an env file or any other text with its secrets masked: those
 * named as secrets, those with the format of one, and those that well known commands take. Takes linear time.
 */
export function maskSecretsInText(text: string): string {
  return replaceSpans(text, findSecrets(text), mask);
}

/** The value of a variable, build argument or label: masked if its name or its value is a secret's. */
export function maskSetting(name: string, value: string): string {
  return isSecretName(name) && !isHarmlessValue(name, value) ? mask : maskSecretsInText(value);
}

/** A text with each of these values masked wherever it is, also as JSON writes it. Values of less than 4 characters stay. */
export function maskKnownSecrets(text: string, values: readonly string[]): string {
  const known = values.filter((value) => value.length >= shortestKnown).sort((a, b) => b.length - a.length);
  const written = new Set(known.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]));
  return [...written].reduce((masked, value) => masked.replaceAll(value, mask), text);
}

/** Secrets of one history that are looked for in all of its rows. */
const repeatedLimit = 50;
/** A word such as "postgres" is masked where it is the password, and left where it is not. */
const plainWord = /^[A-Za-z]?[a-z]{0,15}$/;

/**
 * The rows of one image's history with their secrets masked. What is a secret in one row is masked in the others too:
 * builders write the value of a build argument into a COPY as well, where it has no name.
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
