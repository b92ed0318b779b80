import { randomUUID } from 'node:crypto';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { isRegistryHost, registryHost } from '#contract/domain/reference.ts';
import type { AccountList } from '#contract/schema/credential.ts';
import { hideLogin } from '../docker-config/hide-login.ts';
import type { Login } from '../docker-config/login.ts';
import { AppError } from '../util/app-error.ts';
import type { CredentialStore, StoredLogin } from './credential-store.ts';
import { explainKeychain } from './explain-keychain.ts';

/** The functions of keytar that we use, the binding to the system's credential store. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

export type KeychainState = AccountList['keychain'];

export interface KeychainOptions {
  /** A name other than the app's, for tests. */
  readonly service?: string;
  readonly limitMs?: number;
  readonly platform?: NodeJS.Platform;
  readonly loadKeytar?: () => Promise<Keytar>;
}

const SERVICE = 'Slipway';
/** A locked keyring prompts the user, and nobody may be there to answer. */
const LIMIT_MS = 20_000;

const storeNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager'
};

/**
 * The system's credential store. keytar is loaded on first use, and used only after a probe entry was written and read
 * back;
 * every call has a timeout. Every failure is credential-store-unavailable with a one-sentence detail.
 */
export class KeychainStore implements CredentialStore {
  readonly #service: string;
  readonly #limitMs: number;
  readonly #name: string;
  readonly #load: () => Promise<Keytar>;
  #keytar: Promise<Keytar> | null = null;
  #unavailable: AppError | null = null;
  #stuck = 0;

  constructor(options: KeychainOptions = {}) {
    this.#service = options.service ?? SERVICE;
    this.#limitMs = options.limitMs ?? LIMIT_MS;
    this.#name = storeNames[options.platform ?? process.platform] ?? 'Secret Service';
    this.#load = options.loadKeytar ?? loadKeytar;
  }

  /**
   * Whether the store is available. A failed probe is remembered unless `again` is set: a keyring may be unlocked
   * later.
   */
  async state(again = false): Promise<KeychainState> {
    try {
      if (again) this.#unavailable = null;
      await this.#open();
      return { kind: 'available', name: this.#name };
    } catch (error) {
      const detail = error instanceof AppError && 'detail' in error.data ? error.data.detail : undefined;
      return { kind: 'unavailable', detail: detail ?? { reason: 'unknown' } };
    }
  }

  async list(): Promise<StoredLogin[]> {
    const keytar = await this.#open();
    const found = await this.#bounded(() => keytar.findCredentials(this.#service));
    return found.map(({ account }) => readAccount(account)).filter((login) => login !== null);
  }

  async get(login: StoredLogin): Promise<string | null> {
    const keytar = await this.#open();
    return this.#bounded(() => keytar.getPassword(this.#service, writeAccount(login)));
  }

  async set(login: StoredLogin, secret: string): Promise<void> {
    const keytar = await this.#open();
    const work = (): Promise<void> => keytar.setPassword(this.#service, writeAccount(login), secret);
    await this.#bounded(work, { username: login.username, secret });
  }

  async remove(login: StoredLogin): Promise<void> {
    const keytar = await this.#open();
    await this.#bounded(() => keytar.deletePassword(this.#service, writeAccount(login)));
  }

  async #open(): Promise<Keytar> {
    if (this.#unavailable !== null) throw this.#unavailable;
    const opening = (this.#keytar ??= this.#probe());
    try {
      return await opening;
    } catch (error) {
      this.#keytar = null;
      if (error instanceof AppError) this.#unavailable = error;
      throw error;
    }
  }

  async #probe(): Promise<Keytar> {
    return this.#bounded(async () => {
      const keytar = await this.#load();
      const service = `${this.#service} probe`;
      const value = randomUUID();
      await keytar.setPassword(service, 'probe', value);
      const stored = await keytar.getPassword(service, 'probe');
      await keytar.deletePassword(service, 'probe');
      if (stored !== value) throw unavailable({ reason: 'keyring-unreliable' });
      return keytar;
    });
  }

  /**
   * A hanging call blocks a thread of the pool, so no further call starts until it ends. `sent` is what the store was
   * given and may repeat.
   */
  async #bounded<T>(work: () => Promise<T>, sent: Login | null = null): Promise<T> {
    if (this.#stuck > 0) throw unavailable({ reason: 'keyring-busy' });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#stuck += 1;
        working.then(this.#release, this.#release);
        reject(unavailable({ reason: 'keyring-timeout', seconds: this.#limitMs / 1000 }));
      }, this.#limitMs);
    });
    const working = work();
    try {
      return await Promise.race([working, late]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const detail = explainKeychain(error);
      throw unavailable(typeof detail === 'string' ? hideLogin(detail, sent) : detail);
    } finally {
      clearTimeout(timer);
    }
  }

  readonly #release = (): void => {
    this.#stuck -= 1;
  };
}

async function loadKeytar(): Promise<Keytar> {
  const module = (await import('@github/keytar')) as unknown as Keytar & { default?: Keytar };
  return module.default ?? module;
}

/** Without a cause on purpose: an error message from outside could contain a secret. */
function unavailable(detail: ErrorDetail): AppError {
  return new AppError('credential-store-unavailable', { detail });
}

const writeAccount = ({ registry, username }: StoredLogin): string => `${registry} ${username}`;

/** Null for an entry that another program may have stored under our name. */
function readAccount(account: string): StoredLogin | null {
  const space = account.indexOf(' ');
  const registry = account.slice(0, Math.max(space, 0));
  const username = account.slice(space + 1);
  const ours = isRegistryHost(registry) && registryHost(registry) === registry && username !== '';
  return ours ? { registry, username } : null;
}
