import { z } from 'zod';
import { errorDetailSchema } from './error-reason.ts';
import { appErrorSchema } from './error.ts';

/** Where a login lives. Only `keychain` and `session` are ours; the others are docker's and are used in place. */
export const credentialHomeSchema = z.enum(['keychain', 'session', 'docker-config', 'docker-helper']);
export type CredentialHome = z.infer<typeof credentialHomeSchema>;

export const accountSchema = z.object({
  id: z.string(),
  /** Registry host as people write it: "docker.io", "ghcr.io", "127.0.0.1:5000". */
  registry: z.string(),
  /** Null when only asking the helper for the secret would tell it. */
  username: z.string().nullable(),
  home: credentialHomeSchema,
  /** The helper's name for docker-helper ("desktop", "secretservice"); else null. */
  helper: z.string().nullable(),
  /** The secret stands in plain base64 in docker's config.json. */
  plaintext: z.boolean()
});
export type Account = z.infer<typeof accountSchema>;

export const accountListSchema = z.object({
  accounts: z.array(accountSchema),
  /** The OS credential store works here; false: sign-ins last for this session only. */
  keychain: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('available'), name: z.string() }),
    z.object({ kind: z.literal('unavailable'), detail: errorDetailSchema })
  ]),
  /** Why docker's own logins are not all listed: a broken config.json, a helper that fails or is missing. */
  problems: z.array(appErrorSchema)
});
export type AccountList = z.infer<typeof accountListSchema>;

/** The only message that carries a secret, and only towards main. */
export const signInSchema = z.object({
  registry: z.string().min(1).max(300),
  username: z.string().min(1).max(300),
  secret: z.string().min(1).max(16384)
});
export type SignIn = z.infer<typeof signInSchema>;
