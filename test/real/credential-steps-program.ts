import { text } from 'node:stream/consumers';
import { AppError } from '#core/util/app-error.ts';
import { KeychainStore } from '#core/credential/keychain-store.ts';
import { CredentialService } from '#core/credential/credential-service.ts';
import type { SignIn } from '#contract/schema/credential.ts';

export type Step =
  { do: 'list' } | { do: 'signIn'; signIn: SignIn } | { do: 'loginFor'; host: string } | { do: 'signOut'; id: string };

/** Runs the app's credential service in this process, step by step; a failure is its error's data. */
const service = new CredentialService({ keychain: new KeychainStore({ limitMs: 5000 }) });

async function runStep(step: Step): Promise<unknown> {
  switch (step.do) {
    case 'list':
      return service.list();
    case 'signIn':
      return service.signIn(step.signIn);
    case 'loginFor':
      return service.loginFor(step.host);
    case 'signOut':
      return service.signOut(step.id).then(() => 'signed out');
  }
}

const results: unknown[] = [];
for (const step of JSON.parse(await text(process.stdin)) as Step[]) {
  results.push(await runStep(step).catch((error: unknown) => (error instanceof AppError ? error.data : String(error))));
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
