import { z } from 'zod';
import { errorDetailSchema } from './error-reason.ts';
import { appErrorSchema } from './error.ts';

/** Where a login is stored. Only `keychain` and `session` are ours; the others are docker's and are used in place. */
export const credentialHomeSchema = z.enum(['keychain', 'session', 'docker-config', 'docker-helper']);
export type CredentialHome = z.infer<typeof credentialHomeSchema>;

export const accountSchema = z.object({
  id: z.string(),
  /** Registry host as people write it: "docker.io", "ghcr.io", "127.0.0.1:5000". */
  registry: z.string(),
  /** Null if it is known only to the helper that holds the secret. */
  username: z.string().nullable(),
  home: credentialHomeSchema,
  /** The helper's name for docker-helper ("desktop", "secretservice"); else null. */
  helper: z.string().nullable(),
  /** The secret is in plain base64 in docker's config.json. */
  plaintext: z.boolean()
});
export type Account = z.infer<typeof accountSchema>;

export const accountListSchema = z.object({
  accounts: z.array(accountSchema),
  /** The OS credential store is available; if not, sign-ins last for this session only. */
  keychain: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('available'), name: z.string() }),
    z.object({ kind: z.literal('unavailable'), detail: errorDetailSchema })
  ]),
  /** Why docker's own logins are incomplete: a broken config.json, or a helper that fails or is missing. */
  problems: z.array(appErrorSchema)
});
export type AccountList = z.infer<typeof accountListSchema>;

/** The only message with a secret, and only from the page to main. */
export const signInSchema = z.object({
  registry: z.string().min(1).max(300),
  username: z.string().min(1).max(300),
  secret: z.string().min(1).max(16384)
});
export type SignIn = z.infer<typeof signInSchema>;
