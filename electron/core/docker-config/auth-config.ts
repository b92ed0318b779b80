import type { Login } from './login.ts';

/** The key of a registry in docker's config.json and credential helpers: a URL for Docker Hub, the host for others. */
export function registryKey(host: string): string {
  return host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
}

/** A login in the engine's format: https://docs.docker.com/reference/api/engine/ "Authentication". */
export function toAuthConfig(host: string, login: Login): object {
  const serveraddress = registryKey(host);
  if ('registryToken' in login) return { registrytoken: login.registryToken, serveraddress };
  if ('identityToken' in login) return { identitytoken: login.identityToken, serveraddress };
  return { username: login.username, password: login.secret, serveraddress };
}
