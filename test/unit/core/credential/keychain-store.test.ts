import { describe, expect, it } from 'vitest';
import { AppError } from '#core/util/app-error.ts';
import { KeychainStore, type Keytar } from '#core/credential/keychain-store.ts';

const ada = { registry: 'docker.io', username: 'ada lovelace' };

/** A fake of the native binding, in memory: test/real uses the system's own store. */
function memoryKeytar(): Keytar & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const key = (service: string, account: string): string => `${service}\n${account}`;
  return {
    entries,
    getPassword: (service, account) => Promise.resolve(entries.get(key(service, account)) ?? null),
    setPassword: (service, account, password) => {
      entries.set(key(service, account), password);
      return Promise.resolve();
    },
    deletePassword: (service, account) => Promise.resolve(entries.delete(key(service, account))),
    findCredentials: (service) =>
      Promise.resolve(
        [...entries]
          .filter(([each]) => each.startsWith(`${service}\n`))
          .map(([each, password]) => ({ account: each.slice(service.length + 1), password }))
      )
  };
}

const failing = (message: string): Keytar => ({
  ...memoryKeytar(),
  setPassword: () => Promise.reject(new Error(message))
});

describe('KeychainStore', () => {
  it('saves, lists and removes, and leaves no probe behind', async () => {
    const keytar = memoryKeytar();
    const store = new KeychainStore({ loadKeytar: () => Promise.resolve(keytar), platform: 'linux' });
    expect(await store.state()).toEqual({ kind: 'available', name: 'Secret Service' });
    expect(keytar.entries.size).toBe(0);
    await store.set(ada, 'secret');
    expect(await store.list()).toEqual([ada]);
    expect(await store.get(ada)).toBe('secret');
    expect(await store.get({ ...ada, registry: 'ghcr.io' })).toBeNull();
    await store.remove(ada);
    expect(await store.list()).toEqual([]);
  });

  it('ignores entries of other programs under our name', async () => {
    const keytar = memoryKeytar();
    for (const account of ['nospace', ' ada', 'a/b ada', 'UPPER.example ada', 'ghcr.io ']) {
      await keytar.setPassword('Slipway', account, 'x');
    }
    expect(await new KeychainStore({ loadKeytar: () => Promise.resolve(keytar) }).list()).toEqual([]);
  });

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'session-bus-missing'],
    ['Unknown or unsupported transport "disabled" for address "disabled:"', 'session-bus-missing'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'session-bus-missing'],
    ['Could not connect: No such file or directory', 'session-bus-missing'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'secret-service-missing'],
    ['Object does not exist at path "/org/freedesktop/secrets/collection/login"', 'keyring-locked'],
    ['libsecret-1.so.0: cannot open shared object file: No such file', 'libsecret-missing']
  ])('%s: %s', async (message, reason) => {
    const store = new KeychainStore({ loadKeytar: () => Promise.resolve(failing(message)) });
    expect(await store.state()).toEqual({ kind: 'unavailable', detail: { reason } });
    await expect(store.get(ada)).rejects.toMatchObject({ data: { code: 'credential-store-unavailable' } });
  });

  it('does not trust a store that returns something else', async () => {
    const keytar = { ...memoryKeytar(), getPassword: () => Promise.resolve('other') };
    expect(await new KeychainStore({ loadKeytar: () => Promise.resolve(keytar) }).state()).toMatchObject({
      kind: 'unavailable'
    });
  });

  it('probes again only on request', async () => {
    let loads = 0;
    let keytar: Keytar = failing('is locked');
    const loadKeytar = (): Promise<Keytar> => {
      loads += 1;
      return Promise.resolve(keytar);
    };
    const store = new KeychainStore({ loadKeytar });
    await store.state();
    keytar = memoryKeytar();
    expect(await store.state()).toMatchObject({ kind: 'unavailable' });
    expect(loads).toBe(1);
    expect(await store.state(true)).toMatchObject({ kind: 'available' });
  });

  it('waits for a prompt no longer than its limit, and starts nothing after a hanging call', async () => {
    let calls = 0;
    let answer: (() => void) | undefined;
    const hanging = {
      ...memoryKeytar(),
      setPassword: () => {
        calls += 1;
        return new Promise<void>((resolve) => (answer = resolve));
      }
    };
    const store = new KeychainStore({ loadKeytar: () => Promise.resolve(hanging), limitMs: 20 });
    expect(await store.state()).toMatchObject({ kind: 'unavailable' });
    expect(await store.state(true)).toMatchObject({ kind: 'unavailable' });
    expect(calls).toBe(1);
    answer?.();
    await expect.poll(() => store.state(true).then(() => calls)).toBeGreaterThan(1);
    await expect(store.set(ada, 'topsecret')).rejects.toSatisfy(
      (error) => error instanceof AppError && !JSON.stringify(error.data).includes('topsecret')
    );
  });
});
