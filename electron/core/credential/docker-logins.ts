import os from 'node:os';
import type { Account } from '#contract/schema/credential.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../util/app-error.ts';
import { mapBounded } from '../util/map-bounded.ts';
import { registryKey } from '../docker-config/auth-config.ts';
import { dockerConfigPath } from '../docker-config/docker-config-path.ts';
import { readDockerConfig, type DockerConfig } from '../docker-config/docker-config.ts';
import { findAuth, findHelper, readRegistryKey } from '../docker-config/find-registry.ts';
import { findDefaultHelper } from './default-helper.ts';
import { getHelperLogin, listHelperLogins } from './helper-logins.ts';
import { loginName, type Login, type LoginFor } from '../docker-config/login.ts';

export interface DockerLoginsOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly homeDirectory?: string;
  readonly platform?: NodeJS.Platform;
  /** Time limit of a credential helper. */
  readonly helperLimitMs?: number;
}

/** Max helpers that run at a time. */
const HELPER_LIMIT = 4;

interface FoundLogin {
  readonly login: Login;
  /** Null if it is in the file. */
  readonly helper: string | null;
  readonly username: string | null;
}

type OnProblem = (problem: AppErrorData) => void;

/** The servers that a helper has logins for, with their user names; null if it could not list them. */
type Listed = ReadonlyMap<string, string> | null;

/** Docker's existing logins, read on every use by docker's own rules: never copied, never removed. */
export class DockerLogins {
  readonly #options: DockerLoginsOptions;

  constructor(options: DockerLoginsOptions = {}) {
    this.#options = options;
  }

  /** The logins that loginFor gives, one per host; what is broken is reported in `problems`. */
  async list(): Promise<{ accounts: Account[]; problems: AppErrorData[] }> {
    const problems: AppErrorData[] = [];
    const read = await this.#read((problem) => {
      if (!problems.some((known) => JSON.stringify(known) === JSON.stringify(problem))) problems.push(problem);
    });
    if (read === null) return { accounts: [], problems };
    const { config, onProblem } = read;
    const listed = await this.#listStore(config, onProblem);
    const keys = [...config.credHelpers.keys(), ...(listed?.keys() ?? []), ...config.auths.keys()];
    const hosts = [...new Set(keys.map(readRegistryKey).filter((host) => host !== null))];
    const described = await mapBounded(hosts, HELPER_LIMIT, (host) =>
      this.#describe(config, host, { listed, onProblem })
    );
    const accounts = described.filter((account) => account !== null);
    return { accounts, problems };
  }

  /** The login for exactly this host: its helper's, else the file's if there is no helper or it fails. */
  readonly loginFor: LoginFor = async (host, onProblem = () => undefined) => {
    const read = await this.#read(onProblem);
    return read && ((await this.#find(read.config, host, read.onProblem))?.login ?? null);
  };

  async #find(config: DockerConfig, host: string, onProblem: OnProblem): Promise<FoundLogin | null> {
    const inFile = findInFile(config, host);
    if (isRegistryToken(inFile)) return inFile;
    const helper = findHelper(config, host);
    if (helper === null) return inFile;
    try {
      const login = await getHelperLogin(helper, registryKey(host), this.#helperOptions());
      return login && { login, helper, username: loginName(login) };
    } catch (error) {
      onProblem(toErrorData(error));
      return inFile;
    }
  }

  /** The account of a host; the helper is not queried for what its list has. */
  async #describe(
    config: DockerConfig,
    host: string,
    { listed, onProblem }: { listed: Listed; onProblem: OnProblem }
  ): Promise<Account | null> {
    const helper = findHelper(config, host);
    if (
      helper !== null &&
      helper === config.credsStore &&
      listed !== null &&
      !isRegistryToken(findInFile(config, host))
    ) {
      const username = listed.get(registryKey(host));
      if (username !== undefined) return helperAccount(host, username, helper);
      // It may have the login under another URL of the host: some helpers compare only the host.
      if (![...listed.keys()].some((url) => readRegistryKey(url) === host)) return null;
    }
    const found = await this.#find(config, host, onProblem);
    if (found === null) return null;
    return found.helper === null
      ? fileAccount(host, found.username)
      : helperAccount(host, found.username, found.helper);
  }

  async #listStore({ credsStore }: DockerConfig, onProblem: OnProblem): Promise<Listed> {
    if (credsStore === null) return null;
    try {
      return await listHelperLogins(credsStore, this.#helperOptions());
    } catch (error) {
      onProblem(toErrorData(error));
      return null;
    }
  }

  /** The config, and where to report what fails with its helpers. Null if config.json is broken. */
  async #read(onProblem: OnProblem): Promise<{ config: DockerConfig; onProblem: OnProblem } | null> {
    const { env = process.env, homeDirectory = os.homedir(), platform = process.platform } = this.#options;
    try {
      const config = await readDockerConfig(dockerConfigPath({ env, homeDir: homeDirectory }));
      const isEmpty = config.credsStore === null && config.credHelpers.size === 0 && config.auths.size === 0;
      if (!isEmpty) return { config, onProblem };
      // Nobody configured this helper, so nobody needs to know that it does not work here.
      return { config: { ...config, credsStore: await findDefaultHelper(env, platform) }, onProblem: () => undefined };
    } catch (error) {
      onProblem(toErrorData(error));
      return null;
    }
  }

  #helperOptions(): { env: NodeJS.ProcessEnv; limitMs?: number } {
    const { env = process.env, helperLimitMs } = this.#options;
    return helperLimitMs === undefined ? { env } : { env, limitMs: helperLimitMs };
  }
}

function findInFile(config: DockerConfig, host: string): FoundLogin | null {
  const entry = findAuth(config, host);
  return entry?.login == null ? null : { login: entry.login, helper: null, username: entry.username };
}

/** Engines prefer it to any other login. */
const isRegistryToken = (found: FoundLogin | null): found is FoundLogin =>
  found !== null && 'registryToken' in found.login;

function helperAccount(registry: string, username: string | null, helper: string): Account {
  const name = username === '' || username === '<token>' ? null : username;
  const id = `docker-helper ${registry} ${helper}`;
  return { id, registry, username: name, home: 'docker-helper', helper, plaintext: false };
}

function fileAccount(registry: string, username: string | null): Account {
  const id = `docker-config ${registry}`;
  return { id, registry, username, home: 'docker-config', helper: null, plaintext: true };
}
