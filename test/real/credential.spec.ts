import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Account, AccountList } from '#contract/schema/credential.ts';
import { buildProgram, makeHome, runSteps, type IsolatedHome } from './run-credential-steps.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';

let program: string;
let registry: RealRegistry;
const shared = makeHome();

beforeAll(async () => {
  program = await buildProgram();
  registry = await startRegistry('htpasswd');
}, 60_000);
afterAll(async () => {
  await registry.stop();
  shared.remove();
});

function freshHome(): IsolatedHome {
  const home = makeHome();
  onTestFinished(() => home.remove());
  return home;
}

const signIn = (): { do: 'signIn'; signIn: { registry: string; username: string; secret: string } } => ({
  do: 'signIn',
  signIn: { registry: registry.host, ...users.alice }
});

describe('the system store', () => {
  it('keeps a login in GNOME Keyring through a restart, and not in plain text on disk', async () => {
    const home = freshHome();
    const host = registry.host;
    const [account] = (await runSteps(program, home, 'keyring', [signIn()])) as [Account];
    expect(account).toMatchObject({ home: 'keychain', registry: host, username: 'alice' });
    const later = await runSteps(program, home, 'keyring', [
      { do: 'list' },
      { do: 'loginFor', host },
      { do: 'loginFor', host: 'docker.io' },
      { do: 'signOut', id: account.id },
      { do: 'loginFor', host }
    ]);
    expect(later[0]).toMatchObject({ keychain: { kind: 'available', name: 'Secret Service' }, accounts: [account] });
    expect(later.slice(1)).toEqual([users.alice, null, 'signed out', null]);
    const found = execFileSync('sh', ['-c', `grep -rl ${users.alice.secret} '${home.directory}' || true`], {
      encoding: 'utf8'
    });
    expect(found).toBe('');
  }, 60_000);

  it.each([
    ['none', {}, 'session-bus-missing'],
    ['none', { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, 'session-bus-missing'],
    ['empty', {}, 'secret-service-missing'],
    ['locked', {}, 'keyring-locked']
  ] as const)(
    'bus %s %j: keeps the login for the session and reports why',
    async (bus, env, reason) => {
      const home = freshHome();
      Object.assign(home.env, env);
      const [account, list, login] = await runSteps(program, home, bus, [
        signIn(),
        { do: 'list' },
        { do: 'loginFor', host: registry.host }
      ]);
      expect(account).toMatchObject({ home: 'session' });
      expect(list).toMatchObject({ keychain: { kind: 'unavailable', detail: { reason } } });
      expect(login).toEqual(users.alice);
    },
    60_000
  );
});

describe("docker's own logins", () => {
  const dockerLogin = (home: IsolatedHome, command: [string, ...string[]]): void => {
    const [name, ...rest] = command;
    const login = ['login', registry.host, '-u', 'alice', '--password-stdin'];
    execFileSync(name, [...rest, ...login], {
      env: home.env,
      input: users.alice.secret,
      stdio: ['pipe', 'ignore', 'pipe']
    });
  };

  it('reads what docker login wrote into config.json', async () => {
    const home = freshHome();
    // docker uses a credential helper by default if PATH has one.
    const docker = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim();
    symlinkSync(docker, path.join(home.directory, 'docker-alone'));
    dockerLogin(home, ['/usr/bin/env', 'PATH=/nonexistent', path.join(home.directory, 'docker-alone')]);
    const [list, login] = await runSteps(program, home, 'none', [
      { do: 'list' },
      { do: 'loginFor', host: registry.host }
    ]);
    expect((list as AccountList).accounts).toMatchObject([
      { registry: registry.host, username: 'alice', home: 'docker-config', plaintext: true }
    ]);
    expect(login).toEqual(users.alice);
  });

  it('reads what docker login stored with docker-credential-secretservice', async () => {
    const home = freshHome();
    execFileSync('sh', ['-c', `echo '{"credsStore":"secretservice"}' >"$DOCKER_CONFIG/config.json"`], {
      env: home.env
    });
    const script = `printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"`;
    dockerLogin(home, ['dbus-run-session', '--', 'sh', '-c', script, 'sh', 'docker']);
    expect(readFileSync(path.join(home.directory, 'docker/config.json'), 'utf8')).not.toContain('czNjcmV0');
    const [list, login] = await runSteps(program, home, 'keyring', [
      { do: 'list' },
      { do: 'loginFor', host: registry.host }
    ]);
    expect(list).toMatchObject({
      accounts: [{ registry: registry.host, username: 'alice', helper: 'secretservice', plaintext: false }],
      problems: []
    });
    expect(login).toEqual(users.alice);
  }, 60_000);
});
