import { test } from 'vitest';
import { isSecretName } from '#core/secrets/is-secret-name.ts';
import { looksSecretValue } from '#core/secrets/find-secret-values.ts';
import { maskHistory, maskSecretsInText } from '#core/secrets/mask-secrets.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

/** Repeated texts that are the worst case for some part of the search. */
const units = [
  ...['a', '=', ':', '-', '"', "'", '\\', '\\"', '|', '$', ' sh', 'a_', '$A:', '\n', '=\t'],
  ...['TOKEN=', 'TOKEN="', 'A_TOKEN="\\', 'TOKEN=a"', 'TOKEN=$(', 'TOKEN=$A:', 'TOKEN=x ', 'TOKEN=\\ ', 'T_TOKEN =\t'],
  ...['"token":"', '"token: ', '\\"TOKEN=', '"auth":"aaaaaaaa', '--token ', '--token "', '-p ', 'config set token '],
  ...['curl -u ', 'mysql -p', 'docker login -p ', 'echo x | chpasswd\n', '|chpasswd', 'htpasswd -bb', 'http-basic.a '],
  ...['://', '://a:', '://a:b/', '://a@', 'ghp_', 'eyJaaaaaaaa.', 'eyJaaaaaaaa-', '$1$', '123456789:', 'Basic a'],
  ...['-----BEGIN PRIVATE KEY-----', '-----BEGIN ', '-----']
];
/** History rows are read by other code. */
const texts = [
  ...units.map((unit) => ({ start: '', unit })),
  ...units.filter((unit) => unit.includes('=')).flatMap((unit) => ['ENV ', 'RUN |1 '].map((start) => ({ start, unit })))
];
const repeat = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length));

const longLength = 1_000_000;

test('masking takes linear time for any repeated text', { timeout: 120_000 }, () => {
  for (const { start, unit } of texts)
    expectLinearTime(
      (length) => maskSecretsInText(start + repeat(unit, length)),
      100_000,
      JSON.stringify(start + unit)
    );
});

test('masking 1 MB of the worst case takes linear time', { timeout: 120_000 }, () => {
  const mixed = (length: number): string => units.map((unit) => repeat(unit, length / units.length)).join(' ');
  expectLinearTime((length) => maskSecretsInText(mixed(length)), longLength);
  for (const unit of ['"token":"', 'TOKEN=$(', 'eyJaaaaaaaa-', '://a:b/'])
    expectLinearTime((length) => maskSecretsInText(repeat(unit, length)), longLength, unit);
});

test('a value, a name and a history of 1 MB take linear time', { timeout: 120_000 }, () => {
  for (const unit of ['a', '_', 'PassWord', 'eyJaaaaaaaa-', '://a:', 'a.', 'token_']) {
    const look = (length: number): boolean => {
      const text = repeat(unit, length);
      return looksSecretValue(text) || isSecretName(text);
    };
    expectLinearTime(look, longLength, unit);
  }
  const rowsOf = (length: number): string[] =>
    Array.from({ length }, (_, index) => `RUN |1 TOKEN=secret-${index} /bin/sh -c make # ${'x'.repeat(60)}`);
  expectLinearTime((length) => maskHistory(rowsOf(length)), 10_000);
});
