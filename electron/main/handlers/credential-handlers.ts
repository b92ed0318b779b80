import type { CredentialService } from '#core/credential/logins.ts';
import type { HandlersOf } from './parts.ts';

export function credentialHandlers(logins: CredentialService): HandlersOf<'credential'> {
  return {
    'credential.list': () => logins.list(),
    'credential.signIn': (signIn) => logins.signIn(signIn),
    'credential.signOut': async ({ accountId }) => {
      await logins.signOut(accountId);
      return {};
    }
  };
}
