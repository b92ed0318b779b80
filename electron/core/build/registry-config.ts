import type { BaseImage } from './base-images.ts';
import { registryKey, toAuthConfig } from '../docker-config/auth-config.ts';
import type { LoginFor } from '../docker-config/login.ts';

/**
 * X-Registry-Config of a classic build: the logins of the registries that the Dockerfile itself names, and no others,
 * because this builder gets them all at once.
 */
export async function registryConfig(bases: readonly BaseImage[], loginFor: LoginFor): Promise<object | undefined> {
  const entries: [string, object][] = [];
  for (const host of new Set(bases.map((base) => base.host))) {
    const login = await loginFor(host);
    if (login !== null) entries.push([registryKey(host), toAuthConfig(host, login)]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
