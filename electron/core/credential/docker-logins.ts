import os from 'node:os';
import { registryHost } from '#contract/domain/reference.ts';
import type { Account } from '#contract/schema/credential.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../util/app-error.ts';
import { registryKey } from '../docker-config/auth-config.ts';
import { dockerConfigPath } from '../docker-config/docker-config-path.ts';
import { readDockerConfig, type DockerConfig } from '../docker-config/docker-config.ts';
import { getHelperLogin, listHelperLogins } from './helper-logins.ts';
import type { Login } from '../docker-config/login.ts';

export interface DockerLoginsOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly homeDirectory?: string;
  /** Time limit of a credential helper. */
  readonly helperLimitMs?: number;
}

/** Docker's existing logins, read on every use: never copied, never removed. */
export class DockerLogins {
  readonly #options: DockerLoginsOptions;

  constructor(options: DockerLoginsOptions = {}) {
    this.#options = options;
  }

  /**
   * The logins that are known without reading a secret; each broken one is reported in `problems`, and the others are
   * listed.
   */
  async list(): Promise<{ accounts: Account[]; problems: AppErrorData[] }> {
    let config: DockerConfig;
    try {
      config = await this.#read();
    } catch (error) {
      return { accounts: [], problems: [toErrorData(error)] };
    }
    const stored = await this.#listStore(config);
    const accounts = [
      ...config.credHelpers.map(({ registry, helper }) => helperAccount(registry, null, helper)),
      ...stored.accounts,
      ...config.auths.flatMap(({ registry, login, username }) =>
        login === null ? [] : [fileAccount(registry, username)]
      )
    ];
    // docker uses only one source per registry, the first of these.
    const first = new Map<string, Account>();
    for (const account of accounts) if (!first.has(account.registry)) first.set(account.registry, account);
    return { accounts: [...first.values()], problems: stored.problems };
  }

  /**
   * The login for exactly this host: from credHelpers, else credsStore, else auths. Null if there is none or
   * config.json is broken (list reports it). Throws credential-helper-missing, credential-helper-failed.
   */
  async loginFor(host: string): Promise<Login | null> {
    const config = await this.#read().catch(() => null);
    if (config === null) return null;
    const own = config.credHelpers.find(({ registry }) => registry === host);
    const helper = own?.helper ?? config.credsStore;
    if (helper !== null) {
      for (const serverUrl of serverUrls(host, config)) {
        const login = await getHelperLogin(helper, serverUrl, this.#helperOptions());
        if (login !== null) return login;
      }
      if (own !== undefined) return null;
    }
    return config.auths.find(({ registry, login }) => registry === host && login !== null)?.login ?? null;
  }

  async #listStore(config: DockerConfig): Promise<{ accounts: Account[]; problems: AppErrorData[] }> {
    const helper = config.credsStore;
    if (helper === null) return { accounts: [], problems: [] };
    try {
      const servers = [...(await listHelperLogins(helper, this.#helperOptions()))].filter(([url]) =>
        namesRegistry(url)
      );
      return {
        accounts: servers.map(([url, username]) => helperAccount(registryHost(url), username, helper)),
        problems: []
      };
    } catch (error) {
      const named = config.auths.filter(({ login }) => login === null);
      return {
        accounts: named.map(({ registry }) => helperAccount(registry, null, helper)),
        problems: [toErrorData(error)]
      };
    }
  }

  #read(): Promise<DockerConfig> {
    const { env = process.env, homeDirectory = os.homedir() } = this.#options;
    return readDockerConfig(dockerConfigPath({ env, homeDir: homeDirectory }));
  }

  #helperOptions(): { env: NodeJS.ProcessEnv; limitMs?: number } {
    const { env = process.env, helperLimitMs } = this.#options;
    return helperLimitMs === undefined ? { env } : { env, limitMs: helperLimitMs };
  }
}

/** Old clients stored a login under the address that the user entered, so `auths` is searched for any form of it. */
function serverUrls(host: string, config: DockerConfig): Set<string> {
  const spelled = config.auths.filter(({ registry }) => registry === host).map(({ key }) => key);
  return new Set([registryKey(host), ...spelled]);
}

/** Docker Desktop stores its own tokens next to the logins, at .../v1/access-token and the like. */
function namesRegistry(url: string): boolean {
  return !/\/[a-z]+-token\/?$/.test(url);
}

function helperAccount(registry: string, username: string | null, helper: string): Account {
  const name = username === '' || username === '<token>' ? null : username;
  const id = `docker-helper ${registry} ${helper}`;
  return { id, registry, username: name, home: 'docker-helper', helper, plaintext: false };
}

function fileAccount(registry: string, username: string | null): Account {
  const id = `docker-config ${registry}`;
  return { id, registry, username, home: 'docker-config', helper: null, plaintext: true };
}
