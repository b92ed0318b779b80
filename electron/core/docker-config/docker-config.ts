import { z } from 'zod';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { registryHost } from '#contract/domain/reference.ts';
import { AppError } from '../util/app-error.ts';
import { errorCode } from '../util/error-code.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';
import type { Login } from './login.ts';

/** A registry as written in docker's config.json, and its normalized host. */
export interface ConfiguredRegistry {
  readonly key: string;
  readonly registry: string;
}

export interface DockerConfig {
  readonly path: string;
  /** `login` is null if the entry only says that a helper has it. */
  readonly auths: readonly (ConfiguredRegistry & { readonly login: Login | null; readonly username: string | null })[];
  readonly credHelpers: readonly (ConfiguredRegistry & { readonly helper: string })[];
  readonly credsStore: string | null;
  /** The current docker context; null for the default one. */
  readonly currentContext: string | null;
}

const LIMIT_BYTES = 4 * 1024 * 1024;

const authSchema = z
  .object({
    auth: z.string().optional().catch(undefined),
    username: z.string().optional().catch(undefined),
    password: z.string().optional().catch(undefined),
    identitytoken: z.string().optional().catch(undefined)
  })
  .catch({});
const configSchema = z.object({
  auths: z.record(z.string(), authSchema).nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
  credsStore: z.string().nullish(),
  currentContext: z.string().max(300).nullish()
});

const emptyConfig = { auths: [], credHelpers: [], credsStore: null, currentContext: null };

/**
 * Reads docker's config.json; a missing or empty file means no settings. Throws docker-config-invalid, never with its
 * content.
 */
export async function readDockerConfig(file: string): Promise<DockerConfig> {
  const text = await readBounded(file);
  if (text === null || text.trim() === '') return { path: file, ...emptyConfig };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without a cause: the parser's message quotes the text, which contains secrets.
    throw invalid(file, { reason: 'invalid-json' });
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => String(issue.path[0] ?? 'document')).slice(0, 3);
    throw invalid(file, { reason: 'unexpected-format', fields: [...new Set(fields)].join(', ') });
  }
  const { auths, credHelpers, credsStore, currentContext } = parsed.data;
  return {
    path: file,
    auths: Object.entries(auths ?? {}).map(([key, entry]) => ({ ...readKey(key), ...readAuth(entry) })),
    credHelpers: Object.entries(credHelpers ?? {}).map(([key, helper]) => ({ ...readKey(key), helper })),
    credsStore: nameOrNull(credsStore),
    currentContext: currentContext === 'default' ? null : nameOrNull(currentContext)
  };
}

const nameOrNull = (name: string | null | undefined): string | null => (name == null || name === '' ? null : name);

const readKey = (key: string): ConfiguredRegistry => ({ key, registry: registryHost(key) });

/**
 * `auth` is base64 of user:secret, with the secret padded with NUL by old clients; an identity token takes precedence.
 */
function readAuth(entry: z.infer<typeof authSchema>): { login: Login | null; username: string | null } {
  const decoded = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : (entry.username ?? '');
  const secret = colon > 0 ? decoded.slice(colon + 1).replace(/\0+$/, '') : (entry.password ?? '');
  const name = username === '' || username === '<token>' ? null : username;
  const token = entry.identitytoken ?? '';
  if (token !== '') return { login: { identityToken: token }, username: name };
  if (secret === '' || username === '') return { login: null, username: name };
  return { login: username === '<token>' ? { identityToken: secret } : { username, secret }, username: name };
}

/** Null if the file does not exist. */
async function readBounded(file: string): Promise<string | null> {
  try {
    const found = await readBoundedFile(file, LIMIT_BYTES);
    if (found.kind === 'read') return found.bytes.toString('utf8');
    throw invalid(file, { reason: found.kind });
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw invalid(file, code === 'EACCES' ? { reason: 'permission-denied' } : code);
  }
}

function invalid(file: string, detail: ErrorDetail): AppError {
  return new AppError('docker-config-invalid', { path: file, detail });
}
