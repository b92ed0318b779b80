import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accountListSchema } from '#contract/schema/credential.ts';
import { AppError } from '#core/util/app-error.ts';
import { KeychainStore, type Keytar } from '#core/credential/keychain-store.ts';
import { CredentialService } from '#core/credential/credential-service.ts';
import { basicOf, reply, serve } from '../registry/fake-registry.ts';

const passwords: Record<string, string> = { ada: 'lovelace', bob: 'builder' };

const serveUsers = (): ReturnType<typeof serve> =>
  serve((seen, response) => {
    const known = Object.entries(passwords).some(([name, secret]) => seen.authorization === basicOf(name, secret));
    if (known) reply(response, 200);
    else reply(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
  });

function keytarIn(entries: Map<string, string>): Keytar {
  return {
    getPassword: (service, account) => Promise.resolve(entries.get(`${service}|${account}`) ?? null),
    setPassword: (service, account, password) => Promise.resolve(void entries.set(`${service}|${account}`, password)),
    deletePassword: (service, account) => Promise.resolve(entries.delete(`${service}|${account}`)),
    findCredentials: () =>
      Promise.resolve([...entries].map(([key, password]) => ({ account: key.replace(/^.*\|/, ''), password })))
  };
}

async function serviceWith(
  keytar: Keytar | null,
  config: object = {}
): Promise<{ service: CredentialService; again: () => CredentialService }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'slipway-logins-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(path.join(directory, 'config.json'), JSON.stringify(config));
  const noBus = (): Promise<Keytar> => Promise.reject(new Error('Cannot autolaunch D-Bus without X11 $DISPLAY'));
  const again = (): CredentialService =>
    new CredentialService({
      env: { DOCKER_CONFIG: directory },
      keychain: new KeychainStore({ loadKeytar: keytar === null ? noBus : () => Promise.resolve(keytar) })
    });
  return { service: again(), again };
}

const code = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => (error instanceof AppError ? error.data.code : error));

describe('CredentialService', () => {
  it('saves a login that the registry accepts in the system store, through a restart', async () => {
    const { host } = await serveUsers();
    const { service, again } = await serviceWith(keytarIn(new Map()));
    const account = await service.signIn({ registry: `http://${host}/`, username: 'ada', secret: 'lovelace' });
    expect(account).toMatchObject({ registry: host, username: 'ada', home: 'keychain', plaintext: false });
    const later = again();
    expect(await later.loginFor(host)).toEqual({ username: 'ada', secret: 'lovelace' });
    expect(await later.loginFor('docker.io')).toBeNull();
    const list = await later.list();
    expect(accountListSchema.parse(list)).toEqual(list);
    expect(JSON.stringify(list)).not.toContain('lovelace');
    await later.signOut(account.id);
    expect(await later.loginFor(host)).toBeNull();
  });

  it('saves nothing that the registry rejects', async () => {
    const { host } = await serveUsers();
    const entries = new Map<string, string>();
    const { service } = await serviceWith(keytarIn(entries));
    const wrong = service.signIn({ registry: host, username: 'ada', secret: 'wrong' });
    expect(await code(wrong)).toBe('registry-wrong-password');
    expect((await service.list()).accounts).toEqual([]);
    expect(entries.size).toBe(0);
  });

  it('keeps it for the session if there is no system store, and reports why', async () => {
    const { host } = await serveUsers();
    const { service, again } = await serviceWith(null);
    const account = await service.signIn({ registry: host, username: 'ada', secret: 'lovelace' });
    expect(account.home).toBe('session');
    const list = await service.list();
    expect(list.keychain).toEqual({
      kind: 'unavailable',
      detail: { reason: 'session-bus-missing' }
    });
    expect(list.accounts).toEqual([account]);
    expect(await service.loginFor(host)).toEqual({ username: 'ada', secret: 'lovelace' });
    expect(await again().loginFor(host)).toBeNull();
  });

  it('has one login of ours per registry, the newest', async () => {
    const { host } = await serveUsers();
    const { service } = await serviceWith(keytarIn(new Map()));
    await service.signIn({ registry: host, username: 'ada', secret: 'lovelace' });
    await service.signIn({ registry: host, username: 'bob', secret: 'builder' });
    expect((await service.list()).accounts.map(({ username }) => username)).toEqual(['bob']);
    expect(await service.loginFor(host)).toMatchObject({ username: 'bob' });
  });

  it("prefers ours over docker's, and never removes docker's", async () => {
    const { host } = await serveUsers();
    const auth = Buffer.from('docker:own').toString('base64');
    const { service } = await serviceWith(keytarIn(new Map()), { auths: { [host]: { auth } } });
    expect(await service.loginFor(host)).toEqual({ username: 'docker', secret: 'own' });
    const ours = await service.signIn({ registry: host, username: 'ada', secret: 'lovelace' });
    expect(await service.loginFor(host)).toMatchObject({ username: 'ada' });
    // The list has what is used.
    expect((await service.list()).accounts).toMatchObject([{ home: 'keychain', username: 'ada' }]);
    await service.signOut(ours.id);
    const [dockers] = (await service.list()).accounts;
    expect(dockers).toMatchObject({ home: 'docker-config', username: 'docker' });
    expect(await code(service.signOut(dockers?.id ?? ''))).toBe('account-unknown');
    expect(await service.loginFor(host)).toMatchObject({ username: 'docker' });
  });
});
