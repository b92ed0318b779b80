import { z } from 'zod';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { AppError } from '../util/app-error.ts';
import { errorCode } from '../util/error-code.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';
import type { Login } from './login.ts';

/** An entry of `auths`. */
export interface AuthEntry {
  /** Null if the entry only says that a helper has it. */
  readonly login: Login | null;
  readonly username: string | null;
}

/** Docker's config.json. Registries are as written; findAuth and findHelper compare them by docker's rules. */
export interface DockerConfig {
  readonly path: string;
  readonly auths: ReadonlyMap<string, AuthEntry>;
  /** An empty name means no helper for this registry. */
  readonly credHelpers: ReadonlyMap<string, string>;
  readonly credsStore: string | null;
  /** The current docker context; null for the default one. */
  readonly currentContext: string | null;
  /** Proxies for containers, by the address of an engine or "default". Secrets: a proxy's URL may contain a password. */
  readonly proxies: ReadonlyMap<string, ProxySettings>;
}

const LIMIT_BYTES = 4 * 1024 * 1024;

const authSchema = z
  .object({
    auth: z.string().optional().catch(undefined),
    username: z.string().optional().catch(undefined),
    password: z.string().optional().catch(undefined),
    identitytoken: z.string().optional().catch(undefined),
    registrytoken: z.string().optional().catch(undefined)
  })
  .catch({});
const proxySettingsSchema = z
  .object({
    httpProxy: z.string().catch(''),
    httpsProxy: z.string().catch(''),
    ftpProxy: z.string().catch(''),
    noProxy: z.string().catch(''),
    allProxy: z.string().catch('')
  })
  .catch({ httpProxy: '', httpsProxy: '', ftpProxy: '', noProxy: '', allProxy: '' });
export type ProxySettings = z.infer<typeof proxySettingsSchema>;
const configSchema = z.object({
  auths: z.record(z.string(), authSchema).nullish(),
  credHelpers: z.record(z.string(), z.string().nullable()).nullish(),
  credsStore: z.string().nullish(),
  currentContext: z.string().max(300).nullish(),
  proxies: z.record(z.string(), proxySettingsSchema).nullish().catch(null)
});

const emptyConfig = {
  auths: new Map<string, AuthEntry>(),
  credHelpers: new Map<string, string>(),
  credsStore: null,
  currentContext: null,
  proxies: new Map<string, ProxySettings>()
};

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
  const { auths, credHelpers, credsStore, currentContext, proxies } = parsed.data;
  return {
    path: file,
    auths: new Map(Object.entries(auths ?? {}).map(([key, entry]) => [key, readAuth(entry)])),
    credHelpers: new Map(Object.entries(credHelpers ?? {}).map(([key, helper]) => [key, helper ?? ''])),
    credsStore: nameOrNull(credsStore),
    currentContext: currentContext === 'default' ? null : nameOrNull(currentContext),
    proxies: new Map(Object.entries(proxies ?? {}))
  };
}

const nameOrNull = (name: string | null | undefined): string | null => (name == null || name === '' ? null : name);

/**
 * `auth` is base64 of user:secret, with the secret padded with NUL by old clients. Like engines, it prefers a registry
 * token, then an identity token.
 */
function readAuth(entry: z.infer<typeof authSchema>): AuthEntry {
  const decoded = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : (entry.username ?? '');
  const secret = colon > 0 ? decoded.slice(colon + 1).replace(/\0+$/, '') : (entry.password ?? '');
  const name = username === '' || username === '<token>' ? null : username;
  const registryToken = entry.registrytoken ?? '';
  if (registryToken !== '') return { login: { registryToken }, username: name };
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
