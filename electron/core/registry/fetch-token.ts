import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import type { Login } from '../docker-config/login.ts';
import type { Challenge } from './parse-challenges.ts';
import { isLoopback, readWebUrl } from './registry-address.ts';
import { errorMessage, toResponseError } from './registry-error.ts';
import { requestRegistry } from './registry-request.ts';

export interface Token {
  readonly value: string;
  /** Clock time in ms after which it is not used. */
  readonly expiresAt: number;
}

const LIMIT_BYTES = 256 * 1024;
const CLIENT_ID = 'slipway';

/** What fits into a header, and so cannot break out of it. */
const tokenText = z.string().regex(/^[\x21-\x7e]{1,65536}$/);
const tokenSchema = z.object({
  token: tokenText.optional().catch(undefined),
  access_token: tokenText.optional().catch(undefined),
  expires_in: z.number().positive().max(86_400).optional().catch(undefined)
});

/**
 * A bearer token from the token server that the challenge names: by GET with the user's name and secret (or with none),
 * by POST for an identity token. https://distribution.github.io/distribution/spec/auth/token/
 * Throws registry-wrong-password, registry-not-signed-in, and what requestRegistry and toRefusal give.
 */
export async function fetchToken(
  host: string,
  challenge: Challenge,
  login: Login | null,
  scope: string | null,
  signal?: AbortSignal
): Promise<Token> {
  const url = readRealm(host, challenge);
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
  // OAuth2 refuses an identity token with 400 invalid_grant; GitHub and GitLab a wrong password with 403.
  const refused = login !== null && 'identityToken' in login ? [400, 401, 403] : [401, 403];
  if (refused.includes(answer.status)) throw toLoginError(host, login, errorMessage(answer.body));
  if (answer.status < 200 || answer.status > 299) throw toResponseError(answer, host, login);
  return readToken(host, answer.body, requestedAt);
}

/** The value of an Authorization header for HTTP Basic: RFC 7617, in UTF-8. */
export function basicAuthorization(login: { username: string; secret: string }): string {
  return `Basic ${Buffer.from(`${login.username}:${login.secret}`, 'utf8').toString('base64')}`;
}

/** What a refused login is called; Docker Hub says when only a personal access token will do. */
export function toLoginError(host: string, login: Login | null, text: string): AppError {
  if (login === null) return new AppError('registry-not-signed-in', { host });
  return new AppError('registry-wrong-password', { host, needsToken: requiresToken(text) });
}

/** Whether a registry's message says that it takes a personal access token instead of the password. */
export function requiresToken(text: string): boolean {
  return /personal access token|two[- ]factor|\b2fa\b|\bmfa\b/i.test(text);
}

/** The realm is the registry's word, so a secret goes there only encrypted, or on this machine for a registry on it. */
function readRealm(host: string, challenge: Challenge): URL {
  const url = readWebUrl(challenge.parameters.get('realm') ?? '');
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host) && isLoopback(host));
  if (url === null || !secure) {
    throw new AppError('registry-failed', { host, detail: 'It names a token server that no login may be sent to.' });
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
  if (token === undefined) throw new AppError('registry-failed', { host, detail: 'Its token server sent no token.' });
  // The specification's default, and a margin for the way there.
  const lifetimeSeconds = parsed.data?.expires_in ?? 60;
  return { value: token, expiresAt: requestedAt + Math.max(lifetimeSeconds - 5, 0) * 1000 };
}
