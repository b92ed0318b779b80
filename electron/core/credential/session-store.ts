import type { CredentialStore, StoredLogin } from './credential-store.ts';

/** Logins that end with the app: in memory only, if the system has no credential store. */
export class SessionStore implements CredentialStore {
  readonly #secrets = new Map<string, { login: StoredLogin; secret: string }>();

  list(): Promise<StoredLogin[]> {
    return Promise.resolve([...this.#secrets.values()].map(({ login }) => login));
  }

  get(login: StoredLogin): Promise<string | null> {
    return Promise.resolve(this.#secrets.get(keyOf(login))?.secret ?? null);
  }

  set(login: StoredLogin, secret: string): Promise<void> {
    const { registry, username } = login;
    this.#secrets.set(keyOf(login), { login: { registry, username }, secret });
    return Promise.resolve();
  }

  remove(login: StoredLogin): Promise<void> {
    this.#secrets.delete(keyOf(login));
    return Promise.resolve();
  }
}

/** A registry's host contains no space, so the key is unambiguous. */
const keyOf = ({ registry, username }: StoredLogin): string => `${registry} ${username}`;
