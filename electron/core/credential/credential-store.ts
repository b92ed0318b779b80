/** A login that we keep, without its secret. */
export interface StoredLogin {
  /** As registryHost spells it. */
  readonly registry: string;
  readonly username: string;
}

/** A place where sign-ins of ours live. Failures of the place are credential-store-unavailable. */
export interface CredentialStore {
  list(): Promise<StoredLogin[]>;
  /** The secret; null when nothing is stored. */
  get(login: StoredLogin): Promise<string | null>;
  set(login: StoredLogin, secret: string): Promise<void>;
  /** Also fine when nothing is stored. */
  remove(login: StoredLogin): Promise<void>;
}
