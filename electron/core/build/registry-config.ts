import type { BaseImage } from './base-images.ts';
import type { LoginFor } from './open-build-session.ts';

const dockerHubKey = 'https://index.docker.io/v1/';

/**
 * X-Registry-Config of a classic build: the logins of the registries that the Dockerfile itself names, and no others,
 * because this builder is told them all at once.
 */
export async function registryConfig(bases: readonly BaseImage[], loginFor: LoginFor): Promise<object | undefined> {
  const entries: [string, object][] = [];
  for (const host of new Set(bases.map((base) => base.host))) {
    const login = await loginFor(host);
    if (login === null) continue;
    const key = host === 'docker.io' ? dockerHubKey : host;
    const config =
      'identityToken' in login
        ? { identitytoken: login.identityToken }
        : { username: login.username, password: login.secret };
    entries.push([key, { ...config, serveraddress: key }]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
