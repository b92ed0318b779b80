import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { hideLogin } from '../docker-config/hide-login.ts';
import type { Login } from '../docker-config/login.ts';

/** A registry token is never exchanged: it is one already. */
type ExchangedLogin = Exclude<Login, { readonly registryToken: string }>;
import type { Challenge } from './parse-challenges.ts';
import { readRefusal } from './read-refusal.ts';
import { isLoopback, readWebUrl } from './registry-address.ts';
import { errorMessage, toResponseError } from './registry-error.ts';
import { requestRegistry } from './registry-request.ts';

export interface Token {
  readonly value: string;
  /** Clock time in ms after which it expires. */
  readonly expiresAt: number;
}

const LIMIT_BYTES = 256 * 1024;
const CLIENT_ID = 'slipway';

/** Characters that are safe in a header. */
const tokenText = z.string().regex(/^[\x21-\x7e]{1,65536}$/);
const tokenSchema = z.object({
  token: tokenText.optional().catch(undefined),
  access_token: tokenText.optional().catch(undefined),
  expires_in: z.number().positive().max(86_400).optional().catch(undefined)
});

/**
 * A bearer token from the token server of the challenge: by GET with the user's name and secret (or without),
 * by POST for an identity token. https://distribution.github.io/distribution/spec/auth/token/
 * Throws registry-wrong-password, registry-not-signed-in, and what requestRegistry and toRefusal give.
 */
export async function fetchToken(
  host: string,
  challenge: Challenge,
  login: ExchangedLogin | null,
  scope: string | null,
  { usesPlainHttp, signal }: { readonly usesPlainHttp: boolean; readonly signal?: AbortSignal | undefined }
): Promise<Token> {
  const url = readRealm(host, challenge, usesPlainHttp);
  const fields = new URLSearchParams();
  const service = challenge.parameters.get('service');
  if (service !== undefined) fields.set('service', service);
  if (scope !== null) fields.set('scope', scope);
  fields.set('client_id', CLIENT_ID);
  const common = { host, otherOrigins: 'refuse', limitBytes: LIMIT_BYTES, signal } as const;

  const requestedAt = Date.now();
  let answer;
  if (login !== null && 'identityToken' in login) {
    fields.set('grant_type', 'refresh_token');
    fields.set('refresh_token', login.identityToken);
    answer = await requestRegistry({ ...common, url, method: 'POST', form: fields });
  } else {
    if (login !== null) fields.set('account', login.username);
    for (const [name, value] of fields) url.searchParams.set(name, value);
    answer = await requestRegistry({ ...common, url, ...(login && { authorization: basicAuthorization(login) }) });
  }
  // OAuth2 servers reject an identity token with 400 invalid_grant; GitHub and GitLab a wrong password with 403.
  const refused = login !== null && 'identityToken' in login ? [400, 401, 403] : [401, 403];
  if (refused.includes(answer.status)) throw toLoginError(host, login, errorMessage(answer.body));
  if (answer.status < 200 || answer.status > 299) throw toResponseError(answer, host, login);
  return readToken(host, answer.body, requestedAt);
}

/** The value of an Authorization header for HTTP Basic: RFC 7617, in UTF-8. */
export function basicAuthorization(login: { username: string; secret: string }): string {
  return `Basic ${Buffer.from(`${login.username}:${login.secret}`, 'utf8').toString('base64')}`;
}

/** The error for a rejected login and the registry's message, which says if it requires a personal access token. */
export function toLoginError(host: string, login: Login | null, text: string): AppError {
  const said = text === '' ? {} : { detail: hideLogin(text, login) };
  if (login === null) return new AppError('registry-not-signed-in', { host, ...said });
  if (readRefusal(text) === 'login-expired') return new AppError('registry-login-expired', { host, ...said });
  return new AppError('registry-wrong-password', { host, needsToken: requiresToken(text), ...said });
}

/** Whether a registry's message says that it accepts a personal access token instead of the password. */
export function requiresToken(text: string): boolean {
  return /personal access token|two[- ]factor|\b2fa\b|\bmfa\b/i.test(text);
}

/**
 * The realm is chosen by the registry, so a secret is sent to it only encrypted, or on this machine for a local
 * registry, or to the host of a registry that uses plain http itself.
 */
function readRealm(host: string, challenge: Challenge, usesPlainHttp: boolean): URL {
  const url = readWebUrl(challenge.parameters.get('realm') ?? '');
  const isNear = (to: URL): boolean =>
    (isLoopback(to.host) && isLoopback(host)) || (usesPlainHttp && to.hostname === host.replace(/:\d+$/, ''));
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isNear(url));
  if (url === null || !secure) {
    throw new AppError('registry-failed', { host, detail: { reason: 'token-server-untrusted' } });
  }
  url.hash = '';
  return url;
}

function readToken(host: string, body: Buffer, requestedAt: number): Token {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    value = null;
  }
  const parsed = tokenSchema.safeParse(value);
  const token = parsed.success ? (parsed.data.token ?? parsed.data.access_token) : undefined;
  if (token === undefined) throw new AppError('registry-failed', { host, detail: { reason: 'token-missing' } });
  // The specification's default, minus a margin for the round trip.
  const lifetimeSeconds = parsed.data?.expires_in ?? 60;
  return { value: token, expiresAt: requestedAt + Math.max(lifetimeSeconds - 5, 0) * 1000 };
}
