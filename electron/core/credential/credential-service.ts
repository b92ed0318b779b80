import { registryHost } from '#contract/domain/reference.ts';
import type { Account, AccountList, SignIn } from '#contract/schema/credential.ts';
import { AppError } from '../util/app-error.ts';
import { checkLogin } from '../registry/check-login.ts';
import type { IsInsecure } from '../registry/find-registry-origin.ts';
import type { CredentialStore, StoredLogin } from './credential-store.ts';
import { DockerLogins, type DockerLoginsOptions } from './docker-logins.ts';
import { KeychainStore, type KeychainState } from './keychain-store.ts';
import type { LoginFor } from '../docker-config/login.ts';
import { SessionStore } from './session-store.ts';

export interface CredentialServiceOptions extends DockerLoginsOptions {
  readonly keychain?: KeychainStore;
  /** Whether the engine uses a registry without a trusted certificate, or without HTTPS. */
  readonly isInsecure?: IsInsecure;
}

type OwnHome = 'keychain' | 'session';

/**
 * Finds the login for a registry. Ours are in the system's credential store, or in memory if there is none, one
 * per registry; docker's own are listed and used in place. Only loginFor returns a secret, for its own host.
 */
export class CredentialService {
  readonly #keychain: KeychainStore;
  readonly #session = new SessionStore();
  readonly #docker: DockerLogins;
  readonly #isInsecure: IsInsecure | undefined;

  constructor(options: CredentialServiceOptions = {}) {
    this.#keychain = options.keychain ?? new KeychainStore();
    this.#docker = new DockerLogins(options);
    this.#isInsecure = options.isInsecure;
  }

  /**
   * The accounts that pushes and pulls use, one per registry, and whether the system's store is available. A login of
   * ours hides docker's for the same registry. Never throws.
   */
  async list(): Promise<AccountList> {
    const [session, keychain, docker] = await Promise.all([
      this.#session.list(),
      this.#listKeychain(),
      this.#docker.list()
    ]);
    const own = [
      ...session.map((login) => toAccount('session', login)),
      ...keychain.logins.map((login) => toAccount('keychain', login))
    ];
    const accounts = new Map<string, Account>();
    for (const account of [...own, ...docker.accounts]) {
      if (!accounts.has(account.registry)) accounts.set(account.registry, account);
    }
    return { accounts: [...accounts.values()], keychain: keychain.state, problems: docker.problems };
  }

  /**
   * Verifies the login with the registry, then saves it: in the system's store, else for this session (the account's
   * `home`
   * has the result). Replaces our saved login for the registry. Throws what checkLogin throws.
   */
  async signIn(signIn: SignIn, signal?: AbortSignal): Promise<Account> {
    await checkLogin(signIn, signal, this.#isInsecure);
    const login: StoredLogin = { registry: registryHost(signIn.registry), username: signIn.username };
    const home = await this.#save(login, signIn.secret);
    const isNew = (location: OwnHome, each: StoredLogin): boolean =>
      location === home && each.username === login.username;
    for (const { location, store, stored } of await this.#own(login.registry)) {
      if (!isNew(location, stored)) await store.remove(stored).catch(() => undefined);
    }
    return toAccount(home, login);
  }

  /** Removes a login of ours. Throws account-unknown, also for docker's own, and credential-store-unavailable. */
  async signOut(accountId: string): Promise<void> {
    const own = await this.#own(null);
    const found = own.find(({ location, stored }) => toAccount(location, stored).id === accountId);
    if (found === undefined) throw new AppError('account-unknown', {});
    await found.store.remove(found.stored);
  }

  /**
   * The login for exactly this registry (in any form that registryHost accepts): ours of this session, ours in the
   * system's store, docker's.
   */
  readonly loginFor: LoginFor = async (host, onProblem) => {
    const registry = registryHost(host);
    for (const { store, stored } of await this.#own(registry)) {
      const secret = await store.get(stored).catch(() => null);
      if (secret !== null) return { username: stored.username, secret };
    }
    return this.#docker.loginFor(registry, onProblem);
  };

  async #save(login: StoredLogin, secret: string): Promise<OwnHome> {
    const state = await this.#keychain.state(true);
    if (state.kind === 'available') {
      try {
        await this.#keychain.set(login, secret);
        return 'keychain';
      } catch (error) {
        // The store rejects it (too long for Windows, locked in the meantime): save it for the session.
        if (!(error instanceof AppError)) throw error;
      }
    }
    await this.#session.set(login, secret);
    return 'session';
  }

  async #own(registry: string | null): Promise<{ location: OwnHome; store: CredentialStore; stored: StoredLogin }[]> {
    const [session, keychain] = await Promise.all([this.#session.list(), this.#listKeychain()]);
    const all = [
      ...session.map((stored) => ({ location: 'session' as const, store: this.#session, stored })),
      ...keychain.logins.map((stored) => ({ location: 'keychain' as const, store: this.#keychain, stored }))
    ];
    return all.filter(({ stored }) => registry === null || stored.registry === registry);
  }

  async #listKeychain(): Promise<{ state: KeychainState; logins: StoredLogin[] }> {
    const state = await this.#keychain.state();
    if (state.kind === 'unavailable') return { state, logins: [] };
    try {
      return { state, logins: await this.#keychain.list() };
    } catch {
      return { state: await this.#keychain.state(true), logins: [] };
    }
  }
}

function toAccount(home: OwnHome, { registry, username }: StoredLogin): Account {
  return { id: `${home} ${registry} ${username}`, registry, username, home, helper: null, plaintext: false };
}
