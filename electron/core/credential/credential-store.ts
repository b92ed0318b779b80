/** A login that we saved, without its secret. */
export interface StoredLogin {
  /** As normalized by registryHost. */
  readonly registry: string;
  readonly username: string;
}

/** Storage of our logins. Its failures are credential-store-unavailable. */
export interface CredentialStore {
  list(): Promise<StoredLogin[]>;
  /** The secret; null if nothing is stored. */
  get(login: StoredLogin): Promise<string | null>;
  set(login: StoredLogin, secret: string): Promise<void>;
  /** Succeeds if nothing is stored. */
  remove(login: StoredLogin): Promise<void>;
}
