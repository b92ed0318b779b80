import { describe, expect, test } from 'vitest';
import { compareSettings } from '#core/compare/compare-settings.ts';
import { readSettings, type ImageSettings } from '#core/compare/image-settings.ts';
import { configSchema } from '#core/oci/image-documents.ts';
import { mask } from '#core/secrets/mask-secrets.ts';

function settings(config: object, more: object = {}): ImageSettings {
  return readSettings(configSchema.parse({ os: 'linux', architecture: 'amd64', rootfs: {}, config, ...more }));
}

describe('the settings of two images', () => {
  const left = settings({ Env: ['PATH=/bin', 'API_TOKEN=abcdefgh'], Cmd: ['sh'], ExposedPorts: { '80/tcp': {} } });
  const right = settings({ Env: ['PATH=/bin', 'API_TOKEN=ijklmnop', 'TZ=UTC'], Cmd: ['sh', '-c'], User: 'app' });

  test('are in one table, with secrets masked and still distinguishable', () => {
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

  test('are revealed on request', () => {
    const row = compareSettings([left, right], true).find(({ key }) => key === 'API_TOKEN');
    expect(row).toMatchObject({ values: ['abcdefgh', 'ijklmnop'], isMasked: false });
  });

  test('mask secrets in the history too', () => {
    const history = [{ created_by: '|1 NPM_TOKEN=abc123xyz /bin/sh -c npm ci' }];
    const [row] = compareSettings([settings({}, { history })], false).filter(({ field }) => field === 'history');
    expect(row?.values).toEqual([`|1 NPM_TOKEN=${mask} /bin/sh -c npm ci`]);
  });

  test('mask a secret that the history repeats without its name', () => {
    const history = [{ created_by: 'ARG API_TOKEN=m4rk-t0ken' }, { created_by: 'COPY . /app/m4rk-t0ken' }];
    const rows = compareSettings([settings({}, { history })], false).filter(({ field }) => field === 'history');
    expect(rows.map(({ values }) => values)).toEqual([[`ARG API_TOKEN=${mask}`], [`COPY . /app/${mask}`]]);
  });

  test('are empty only where the config is invalid', () => {
    expect(settings({ Env: 'PATH', Cmd: ['sh'] })).toMatchObject({
      platform: 'linux/amd64',
      env: new Map(),
      cmd: ['sh']
    });
  });

  test('keep a health check with a start interval, and a label without a value', () => {
    const Healthcheck = { Test: ['CMD', 'true'], StartInterval: 5e9 };
    expect(settings({ Healthcheck, Labels: { a: null } })).toMatchObject({
      healthcheck: '--start-interval=5s CMD ["true"]',
      labels: new Map([['a', '']])
    });
  });
});
