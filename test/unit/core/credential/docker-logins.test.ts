import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Login } from '#core/docker-config/login.ts';
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

async function dockerWith(config: unknown, helper = workingHelper, name = 'fake'): Promise<DockerLogins> {
  const directory = await mkdtemp(path.join(tmpdir(), 'slipway-docker-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await mkdir(path.join(directory, 'bin'));
  const program = path.join(directory, 'bin', `docker-credential-${name}`);
  await writeFile(program, helper);
  await chmod(program, 0o755);
  if (config !== undefined) {
    await writeFile(path.join(directory, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  }
  const env = { DOCKER_CONFIG: directory, PATH: `${path.join(directory, 'bin')}:/usr/bin:/bin` };
  return new DockerLogins({ env, platform: 'linux', helperLimitMs: 2000 });
}

/** The login, and then what kept others from being read. */
async function loginWithProblems(docker: DockerLogins, host: string): Promise<unknown[]> {
  const problems: AppErrorData[] = [];
  const login = await docker.loginFor(host, (problem) => problems.push(problem));
  expect(JSON.stringify(problems)).not.toContain('leaked-secret');
  return [login, ...problems];
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

  // As Docker 20.10 and 28 do, measured with their programs.
  const right = { auth: base64('b:right') };
  const wrong = { auth: base64('a:wrong') };
  const sent = { username: 'b', secret: 'right' };
  it.each<[string, string, object, Login | null]>([
    ['the exact key before a path', 'r.example:5000', { 'r.example:5000/orga': wrong, 'r.example:5000': right }, sent],
    ['the exact key before a URL', 'r.example', { 'http://r.example/v1/': wrong, 'r.example': right }, sent],
    ['an exact key without a login', 'r.example', { 'http://r.example/v1/': wrong, 'r.example': {} }, null],
    ['a URL of the host', 'r.example:5000', { 'https://r.example:5000/v2/': right }, sent],
    ['a URL with a user', 'r.example', { 'https://u:p@r.example/v2': right }, sent],
    ['a trailing slash', 'r.example', { 'r.example/': right }, sent],
    ['a path', 'r.example', { 'r.example/orga': right }, sent],
    ['the first of several', 'r.example', { 'r.example/a': right, 'r.example/b': wrong }, sent],
    ['not another port', 'r.example', { 'r.example:443': wrong }, null],
    ['not without the port', 'r.example:443', { 'r.example': wrong }, null],
    ['not another case', 'r.example', { 'R.example': wrong }, null],
    ['Docker Hub by its one key', 'docker.io', { 'https://index.docker.io/v1/': right }, sent],
    ['not by docker.io', 'docker.io', { 'docker.io': wrong, 'index.docker.io': wrong }, null],
    ['not by another path', 'docker.io', { 'https://index.docker.io/v1': wrong, 'https://docker.io': wrong }, null],
    ['not by its registry', 'docker.io', { 'registry-1.docker.io': wrong }, null],
    ['a registry token', 'r.example', { 'r.example': { ...right, registrytoken: 't' } }, { registryToken: 't' }]
  ])('matches %s, and lists what it uses', async (_name, host, auths, login) => {
    const docker = await dockerWith({ auths });
    expect(await docker.loginFor(host)).toEqual(login);
    const { accounts } = await docker.list();
    const listed = accounts.filter(({ registry }) => registry === host);
    expect(listed).toHaveLength(login === null ? 0 : 1);
    for (const { registry } of accounts) expect(await docker.loginFor(registry)).not.toBeNull();
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
      expect(await loginWithProblems(docker, 'docker.io')).toEqual([null, ...problems]);
    }
  );
});

describe('DockerLogins with helpers', () => {
  it('queries the helper of a registry before the store, and the store before the file', async () => {
    const docker = await dockerWith({
      credsStore: 'fake',
      credHelpers: { 'file.example': '', 'null.example': null },
      auths: {
        'https://index.docker.io/v1/': {},
        'old.example': { auth: base64('old:secret') },
        'file.example': { auth: base64('file:secret') }
      }
    });
    expect(await docker.loginFor('docker.io')).toEqual({ username: 'hub-user', secret: 'hub-secret' });
    expect(await docker.loginFor('token.example')).toEqual({ identityToken: 'identity' });
    // A store without the login hides the file's, as in docker.
    expect(await docker.loginFor('old.example')).toBeNull();
    expect(await docker.loginFor('nobody.example')).toBeNull();
    const { accounts, problems } = await docker.list();
    expect(problems).toEqual([]);
    expect(accounts.map(({ registry, username, helper }) => [registry, username, helper])).toEqual([
      ['file.example', 'file', null],
      ['docker.io', 'hub-user', 'fake'],
      ['ghcr.io', 'cat', 'fake']
    ]);
  });

  it('uses the login of the file, or none, when a helper is missing, and says so', async () => {
    const docker = await dockerWith({
      credHelpers: { 'file.example': 'missing', 'none.example': 'missing' },
      auths: { 'file.example': { auth: base64('file:secret') } }
    });
    const missing = { code: 'credential-helper-missing', helper: 'missing' };
    expect(await loginWithProblems(docker, 'file.example')).toEqual([{ username: 'file', secret: 'secret' }, missing]);
    expect(await loginWithProblems(docker, 'none.example')).toEqual([null, missing]);
    const { accounts, problems } = await docker.list();
    expect(accounts).toMatchObject([{ registry: 'file.example', username: 'file', home: 'docker-config' }]);
    expect(problems).toEqual([missing]);
  });

  it('lists what each helper has for its own registry', async () => {
    const credHelpers = { 'token.example': 'fake', 'nobody.example': 'fake', 'https://ghcr.io': 'fake' };
    const { accounts } = await (await dockerWith({ credHelpers })).list();
    expect(accounts).toMatchObject([{ registry: 'token.example', username: null, helper: 'fake' }]);
  });

  it("uses the platform's helper while config.json has no login", async () => {
    for (const config of [undefined, {}, { auths: {} }]) {
      const docker = await dockerWith(config, workingHelper, 'secretservice');
      expect(await docker.loginFor('docker.io')).toEqual({ username: 'hub-user', secret: 'hub-secret' });
    }
    const docker = await dockerWith({ auths: { 'other.example': {} } }, workingHelper, 'secretservice');
    expect(await docker.loginFor('docker.io')).toBeNull();
  });

  it.each(['broken.example', 'shape.example', 'loud.example', 'slow.example'])(
    'gives up on %s and repeats nothing it printed',
    async (host) => {
      const docker = await dockerWith({ credHelpers: { [host]: 'fake' } });
      const [login, problem] = await loginWithProblems(docker, host);
      expect(login).toBeNull();
      expect(problem).toMatchObject({ code: 'credential-helper-failed', helper: 'fake' });
    }
  );

  it.each(['../../bin/sh', 'a b', '-x', 'a;b', 'a/b'])('starts no program for the helper name %j', async (name) => {
    const docker = await dockerWith({ credHelpers: { 'a.example': name } });
    expect(await loginWithProblems(docker, 'a.example')).toMatchObject([null, { code: 'credential-helper-failed' }]);
  });

  it("lists the file's logins if the store fails", async () => {
    const auths = { 'ghcr.io': {}, 'file.example': { auth: base64('file:secret') } };
    const docker = await dockerWith({ credsStore: 'fake', auths }, '#!/bin/sh\nexit 3\n');
    const { accounts, problems } = await docker.list();
    expect(accounts).toMatchObject([{ registry: 'file.example', username: 'file', home: 'docker-config' }]);
    expect(problems).toMatchObject([
      { code: 'credential-helper-failed', detail: { reason: 'helper-failed', exitCode: 3 } }
    ]);
  });
});
