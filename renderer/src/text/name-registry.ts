import { registryHost } from '#contract/domain/reference.ts';
import type { Account } from '#contract/schema/credential.ts';
import { words } from '#contract/words/words.ts';

/** A registry's display name: "Docker Hub", "ghcr.io". */
export function nameRegistry(registry: string): string {
  const host = registryHost(registry);
  return host === 'docker.io' ? words.accounts.hub : host;
}

/** Where a login is stored: "system keychain", "docker helper desktop". */
export function nameHome(account: Account): string {
  if (account.home === 'docker-helper' && account.helper !== null) return words.accounts.helper(account.helper);
  return words.accounts.storage[account.home];
}
