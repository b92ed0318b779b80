import { describe, expect, test } from 'vitest';
import { compareSettings } from '#core/compare/compare-settings.ts';
import { readSettings, type ImageSettings } from '#core/compare/image-settings.ts';
import { looksSecret, mask, maskLine } from '#core/secrets/mask-secrets.ts';

function settings(config: object, more: object = {}): ImageSettings {
  const read = readSettings({ os: 'linux', architecture: 'amd64', config, ...more });
  if (!read) throw new Error('no config');
  return read;
}

describe('the settings of two images', () => {
  const left = settings({ Env: ['PATH=/bin', 'API_TOKEN=abcdefgh'], Cmd: ['sh'], ExposedPorts: { '80/tcp': {} } });
  const right = settings({ Env: ['PATH=/bin', 'API_TOKEN=ijklmnop', 'TZ=UTC'], Cmd: ['sh', '-c'], User: 'app' });

  test('stand side by side, with what is secret masked and yet told apart', () => {
    const rows = compareSettings([left, right], false);
    const at = (field: string, key = ''): unknown => rows.find((row) => row.field === field && row.key === key);
    expect(at('env', 'PATH')).toMatchObject({ values: ['/bin', '/bin'], isSame: true, isMasked: false });
    expect(at('env', 'API_TOKEN')).toMatchObject({ values: [mask, mask], isSame: false, isMasked: true });
    expect(at('env', 'TZ')).toMatchObject({ values: [null, 'UTC'], isSame: false });
    expect(at('cmd')).toMatchObject({ values: ['["sh"]', '["sh","-c"]'], isSame: false });
    expect(at('user')).toMatchObject({ values: [null, 'app'] });
    expect(at('ports', '80/tcp')).toMatchObject({ values: ['80/tcp', null] });
    expect(at('platform')).toMatchObject({ values: ['linux/amd64', 'linux/amd64'], isSame: true });
  });

  test('are shown whole when that is asked for', () => {
    const row = compareSettings([left, right], true).find(({ key }) => key === 'API_TOKEN');
    expect(row).toMatchObject({ values: ['abcdefgh', 'ijklmnop'], isMasked: false });
  });

  test('mask secrets in the history too', () => {
    const history = [{ created_by: '|1 NPM_TOKEN=abc123xyz /bin/sh -c npm ci' }];
    const [row] = compareSettings([settings({}, { history })], false).filter(({ field }) => field === 'history');
    expect(row?.values).toEqual([`|1 NPM_TOKEN=${mask} /bin/sh -c npm ci`]);
  });

  test('of what is no config are none', () => {
    expect(readSettings({ config: { Env: 'PATH' } })).toBeNull();
    expect(readSettings(null)).toBeNull();
    expect(readSettings({})).toMatchObject({ platform: '', cmd: null });
  });
});

describe('a value', () => {
  test.each([
    ['DB_PASSWORD', 'hunter22'],
    ['awsSecretAccessKey', 'x1y2z3w4'],
    ['STRIPE_API_KEY', 'sk_live_abc'],
    ['WHATEVER', `ghp_${'a'.repeat(36)}`],
    ['DATABASE_URL', 'postgres://app:s3cret@db/app'],
    ['X', '-----BEGIN RSA PRIVATE KEY-----']
  ])('of %s is secret', (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  test.each([
    ['PATH', '/usr/bin'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['GPG_KEY', 'A035C8C19219BA821ECEA86B64E628F8D684696D'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['PASSWORD', ''],
    ['AUTHOR', 'alice'],
    ['HOMEPAGE', 'https://example.org/a:b@c']
  ])('of %s is not', (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
  });

  test('in a line is masked by its name or its look', () => {
    expect(maskLine('RUN curl -H token=abcdef https://u:p@host/x?y=1')).toBe(
      `RUN curl -H token=${mask} https${mask}host/x?y=1`
    );
  });
});
