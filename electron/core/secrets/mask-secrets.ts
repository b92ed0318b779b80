import { findCommandSecrets } from './find-command-secrets.ts';
import { findNamedValues } from './find-named-values.ts';
import { findSecretValues } from './find-secret-values.ts';
import { isSecretName } from './is-secret-name.ts';
import { isHarmlessValue } from './secret-setting.ts';
import { replaceSpans } from './text-span.ts';

/** Shown instead of a secret; always of the same length. */
export const mask = '••••••••';

/** A known secret of fewer characters is too likely a part of something else. */
const shortestKnown = 4;

/**
 * A command line, a row of an image's history, a line of an env file or any other text with its secrets masked: those
 * named as secrets, those with the format of one, and those that well known commands take. Takes linear time.
 */
export function maskSecretsInText(text: string): string {
  const spans = [...findSecretValues(text), ...findNamedValues(text), ...findCommandSecrets(text)];
  return replaceSpans(text, spans, mask);
}

/** The value of a variable, build argument or label: masked if its name or its value is a secret's. */
export function maskSetting(name: string, value: string): string {
  return isSecretName(name) && !isHarmlessValue(name, value) ? mask : maskSecretsInText(value);
}

/** A text with each of these values masked wherever it is, also as JSON writes it. Values of less than 4 characters stay. */
export function maskKnownSecrets(text: string, values: readonly string[]): string {
  const known = values.filter((value) => value.length >= shortestKnown).sort((a, b) => b.length - a.length);
  return known
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .reduce((masked, value) => masked.replaceAll(value, mask), text);
}
