import { isRegistryHost, registryHost } from '#contract/domain/reference.ts';
import { registryKey } from './auth-config.ts';
import type { AuthEntry, DockerConfig } from './docker-config.ts';

/**
 * The entry of `auths` that docker uses for a host: the one with exactly its key, else the first whose key is a URL or path
 * of that host. Docker Hub has only its one key. See the docker CLI's config/credentials/file_store.go.
 */
export function findAuth({ auths }: Pick<DockerConfig, 'auths'>, host: string): AuthEntry | null {
  const ownKey = registryKey(host);
  const exact = auths.get(ownKey);
  if (exact !== undefined) return exact;
  for (const [key, entry] of auths) if (hostOfKey(key) === ownKey) return entry;
  return null;
}

/** The credential helper for a host: its own, by exactly its key, else the common one. Null for the file alone. */
export function findHelper({ credHelpers, credsStore }: DockerConfig, host: string): string | null {
  const own = credHelpers.get(registryKey(host));
  if (own === undefined) return credsStore;
  return own === '' ? null : own;
}

/** The host that a key or a helper's server URL may be about; null if docker would use it for none. */
export function readRegistryKey(key: string): string | null {
  if (key === registryKey('docker.io')) return 'docker.io';
  const host = hostOfKey(key);
  return isRegistryHost(host) && registryHost(host) === host && host !== 'docker.io' ? host : null;
}

/** The docker CLI's ConvertToHostname. */
function hostOfKey(key: string): string {
  const ofUrl = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#@]+)/i.exec(key)?.[1];
  return ofUrl ?? key.replace(/\/.*$/s, '');
}
