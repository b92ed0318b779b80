import { z } from 'zod';
import { accountListSchema, accountSchema, signInSchema } from '../../schema/credential.ts';
import { nothing } from './shared.ts';

/** Logins. A secret goes to main and never comes back. */
export const credentialCalls = {
  'credential.list': { input: nothing, output: accountListSchema },
  /** Asks the registry first; only what it accepts is kept. */
  'credential.signIn': { input: signInSchema, output: accountSchema },
  'credential.signOut': { input: z.object({ accountId: z.string().max(600) }), output: nothing }
} as const;
