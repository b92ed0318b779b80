import { KeychainStore } from '#core/credential/keychain-store.ts';
import { CredentialService } from '#core/credential/credential-service.ts';
import { hostPlatform } from '#core/oci/platform.ts';
import { RemoteImages } from '#core/registry/remote-images.ts';

/** A locked keychain prompts on a screen, and there may be none. */
const KEYCHAIN_LIMIT_MS = 3000;

/** Access to registries with the logins saved by the app, and with docker's own. */
export function openRegistries(env: NodeJS.ProcessEnv): RemoteImages {
  const logins = new CredentialService({ env, keychain: new KeychainStore({ limitMs: KEYCHAIN_LIMIT_MS }) });
  return new RemoteImages({ loginFor: logins.loginFor, preferredPlatform: hostPlatform });
}
