import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '#core/util/app-error.ts';
import { DockerLogins } from '#core/credential/docker-logins.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A helper with the protocol of docker-credential-helpers, as a shell script that logs each requested server. */
const workingHelper = `#!/bin/sh
case "$1" in
list) printf '{"https://index.docker.io/v1/":"hub-user","https://index.docker.io/v1/access-token":"t","ghcr.io":"cat"}' ;;
get) read -r url || true
  case "$url" in
  https://index.docker.io/v1/) printf '{"ServerURL":"x","Username":"hub-user","Secret":"hub-secret"}' ;;
  token.example) printf '{"Username":"<token>","Secret":"identity"}' ;;
  old.example) echo 'credentials not found in native keychain'; exit 1 ;;
  https://old.example/v2/) printf '{"Username":"old","Secret":"old-secret"}' ;;
  broken.example) echo 'leaked-secret in a message'; exit 1 ;;
  shape.example) echo 'leaked-secret' ;;
  loud.example) head -c 3000000 /dev/zero; exec sleep 60 ;;
  slow.example) exec sleep 60 ;;
  *) echo 'credentials not found in native keychain'; exit 1 ;;
  esac ;;
esac
`;

async function dockerWith(config: unknown, helper = workingHelper): Promise<DockerLogins> {
  const directory = await mkdtemp(path.join(tmpdir(), 'slipway-docker-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await mkdir(path.join(directory, 'bin'));
  const program = path.join(directory, 'bin', 'docker-credential-fake');
  await writeFile(program, helper);
  await chmod(program, 0o755);
  if (config !== undefined) {
    await writeFile(path.join(directory, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  }
  const env = { DOCKER_CONFIG: directory, PATH: `${path.join(directory, 'bin')}:/usr/bin:/bin` };
  return new DockerLogins({ env, helperLimitMs: 2000 });
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('leaked-secret');
  return thrown instanceof AppError ? thrown.data : thrown;
}

describe('DockerLogins with a file', () => {
  it('reads base64, identity tokens and old spellings, each for its own host only', async () => {
    const docker = await dockerWith({
      auths: {
        'https://index.docker.io/v1/': { auth: base64('ada:pass:with:colons\0\0') },
        'ghcr.io': { auth: base64('cat:'), identitytoken: 'identity' },
        'https://old.example/v1/': { username: 'old', password: 'secret' },
        'empty.example': {},
        'odd.example': { auth: 7 }
      },
      HttpHeaders: { 'X-Unknown': '1' }
    });
    expect(await docker.loginFor('docker.io')).toEqual({ username: 'ada', secret: 'pass:with:colons' });
    expect(await docker.loginFor('ghcr.io')).toEqual({ identityToken: 'identity' });
    expect(await docker.loginFor('old.example')).toEqual({ username: 'old', secret: 'secret' });
    for (const host of ['empty.example', 'odd.example', 'ghcr.io.evil.example', 'example']) {
      expect(await docker.loginFor(host)).toBeNull();
    }
    const { accounts, problems } = await docker.list();
    expect(problems).toEqual([]);
    expect(accounts.map(({ registry, username, home, plaintext }) => [registry, username, home, plaintext])).toEqual([
      ['docker.io', 'ada', 'docker-config', true],
      ['ghcr.io', 'cat', 'docker-config', true],
      ['old.example', 'old', 'docker-config', true]
    ]);
    expect(JSON.stringify(accounts)).not.toMatch(/secret|pass:with|identity"/);
  });

  it('returns none without a file', async () => {
    const docker = await dockerWith(undefined);
    expect(await docker.list()).toEqual({ accounts: [], problems: [] });
    expect(await docker.loginFor('docker.io')).toBeNull();
  });

  it.each(['{"auths": {"a": {"auth": "leaked-secret"', '[]', '{"auths": 3}', ' '.repeat(5 * 1024 * 1024)])(
    'reports a broken file, and continues',
    async (text) => {
      const docker = await dockerWith(text);
      const { accounts, problems } = await docker.list();
      expect(accounts).toEqual([]);
      expect(problems).toMatchObject([{ code: 'docker-config-invalid' }]);
      expect(JSON.stringify(problems)).not.toContain('leaked-secret');
      expect(await docker.loginFor('docker.io')).toBeNull();
    }
  );
});

describe('DockerLogins with helpers', () => {
  it('queries the helper of a registry before the store, and the store before the file', async () => {
    const docker = await dockerWith({
      credsStore: 'fake',
      credHelpers: { 'own.example': 'missing' },
      auths: {
        'https://index.docker.io/v1/': {},
        'https://old.example/v2/': {},
        'file.example': { auth: base64('file:secret') }
      }
    });
    expect(await docker.loginFor('docker.io')).toEqual({ username: 'hub-user', secret: 'hub-secret' });
    expect(await docker.loginFor('token.example')).toEqual({ identityToken: 'identity' });
    expect(await docker.loginFor('old.example')).toEqual({ username: 'old', secret: 'old-secret' });
    expect(await docker.loginFor('file.example')).toEqual({ username: 'file', secret: 'secret' });
    expect(await docker.loginFor('nobody.example')).toBeNull();
    expect(await failure(docker.loginFor('own.example'))).toEqual({
      code: 'credential-helper-missing',
      helper: 'missing'
    });
    const { accounts } = await docker.list();
    expect(accounts.map(({ registry, username, helper }) => [registry, username, helper])).toEqual([
      ['own.example', null, 'missing'],
      ['docker.io', 'hub-user', 'fake'],
      ['ghcr.io', 'cat', 'fake'],
      ['file.example', 'file', null]
    ]);
  });

  it.each(['broken.example', 'shape.example', 'loud.example', 'slow.example'])(
    'gives up on %s and repeats nothing it printed',
    async (host) => {
      const docker = await dockerWith({ credHelpers: { [host]: 'fake' } });
      expect(await failure(docker.loginFor(host))).toMatchObject({ code: 'credential-helper-failed', helper: 'fake' });
    }
  );

  it.each(['../../bin/sh', 'a b', '', '-x', 'a;b', 'a/b'])('starts no program for the helper name %j', async (name) => {
    const docker = await dockerWith({ credHelpers: { 'a.example': name } });
    expect(await failure(docker.loginFor('a.example'))).toMatchObject({ code: 'credential-helper-failed' });
  });

  it("lists the file's logins if the store fails", async () => {
    const docker = await dockerWith({ credsStore: 'fake', auths: { 'ghcr.io': {} } }, '#!/bin/sh\nexit 3\n');
    const { accounts, problems } = await docker.list();
    expect(accounts).toMatchObject([{ registry: 'ghcr.io', username: null, home: 'docker-helper' }]);
    expect(problems).toMatchObject([
      { code: 'credential-helper-failed', detail: { reason: 'helper-failed', exitCode: 3 } }
    ]);
  });
});
