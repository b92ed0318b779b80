import { z } from 'zod';
import { accountListSchema, accountSchema, signInSchema } from '../../schema/credential.ts';
import { nothing } from './shared.ts';

/** Logins. A secret is sent to main and never returned. */
export const credentialCalls = {
  'credential.list': { input: nothing, output: accountListSchema },
  /** Verifies the login with the registry first; only an accepted login is saved. */
  'credential.signIn': { input: signInSchema, output: accountSchema },
  'credential.signOut': { input: z.object({ accountId: z.string().max(600) }), output: nothing }
} as const;
