import { expect, test } from 'vitest';
import { isSecretName } from '#core/secrets/is-secret-name.ts';
import { looksSecretValue } from '#core/secrets/find-secret-values.ts';
import { maskHistory, maskSecretsInText } from '#core/secrets/mask-secrets.ts';

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

/** Linear time needs a tenth of this, and quadratic time a multiple. */
const [length, limitMs] = [100_000, 2000];
const longLength = 1_000_000;

/** Milliseconds of processor time, which is hardly affected by other work on this machine. */
function measure(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('masking takes linear time for any repeated text', { timeout: 120_000 }, () => {
  for (const { start, unit } of texts) {
    const text = start + repeat(unit, length);
    const spentMs = measure(() => maskSecretsInText(text));
    expect(spentMs, JSON.stringify(start + unit)).toBeLessThan(limitMs);
  }
});

test('masking 1 MB of the worst case takes seconds at most', { timeout: 120_000 }, () => {
  const text = units.map((unit) => repeat(unit, longLength / units.length)).join(' ');
  expect(text.length).toBeGreaterThan(longLength);
  expect(measure(() => maskSecretsInText(text))).toBeLessThan(10 * limitMs);
  for (const unit of ['"token":"', 'TOKEN=$(', 'eyJaaaaaaaa-', '://a:b/']) {
    const same = repeat(unit, longLength);
    expect(
      measure(() => maskSecretsInText(same)),
      unit
    ).toBeLessThan(10 * limitMs);
  }
});

test('a value, a name and a history of 1 MB take seconds at most', { timeout: 120_000 }, () => {
  for (const unit of ['a', '_', 'PassWord', 'eyJaaaaaaaa-', '://a:', 'a.', 'token_']) {
    const text = repeat(unit, longLength);
    expect(
      measure(() => looksSecretValue(text) || isSecretName(text)),
      unit
    ).toBeLessThan(10 * limitMs);
  }
  const rows = Array.from(
    { length: 10_000 },
    (_, index) => `RUN |1 TOKEN=secret-${index} /bin/sh -c make # ${'x'.repeat(60)}`
  );
  expect(measure(() => maskHistory(rows))).toBeLessThan(10 * limitMs);
});
