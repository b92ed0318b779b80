import type { CredentialService } from '#core/credential/credential-service.ts';
import type { HandlersOf } from './handler-types.ts';

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
