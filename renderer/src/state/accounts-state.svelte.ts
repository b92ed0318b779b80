import { registryHost } from '#contract/domain/reference.ts';
import type { Bridge } from '#contract/ipc/bridge.ts';
import type { Account, AccountList, SignIn } from '#contract/schema/credential.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { call, toErrorData } from '../bridge/call.ts';

/** All known logins: Slipway's own, and docker's. */
export class AccountsState {
  /** Null until read. */
  list = $state.raw<AccountList | null>(null);
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** The login for a registry; null if there is none. */
  accountFor(registry: string): Account | null {
    const host = registryHost(registry);
    return this.list?.accounts.find((account) => registryHost(account.registry) === host) ?? null;
  }

  async load(): Promise<void> {
    try {
      this.list = await call(this.#bridge, 'credential.list', {});
      this.error = null;
    } catch (cause) {
      this.error = toErrorData(cause);
    }
  }

  /** Saves a login if the registry accepts it. Throws CallError if it does not. */
  async signIn(login: SignIn): Promise<Account> {
    const account = await call(this.#bridge, 'credential.signIn', login);
    await this.load();
    return account;
  }

  /** Throws CallError. */
  async signOut(account: Account): Promise<void> {
    await call(this.#bridge, 'credential.signOut', { accountId: account.id });
    await this.load();
  }
}
