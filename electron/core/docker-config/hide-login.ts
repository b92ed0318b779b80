import { mask, maskKnownSecrets } from '../secrets/mask-secrets.ts';
import { loginSecret, type Login } from './login.ts';

/** What fits into a header as base64, such as HTTP Basic or X-Registry-Auth. */
const encoded = /[A-Za-z0-9+/_-]{8,}={0,2}/g;

/**
 * What a registry or an engine said, without the login that it was sent: some repeat a request in their error. The secret
 * is masked as it is, in a URL and in base64. Secrets of less than 4 characters stay.
 */
export function hideLogin(text: string, login: Login | null): string {
  if (login === null) return text;
  const secret = loginSecret(login);
  const plain = maskKnownSecrets(text, [secret, encodeURIComponent(secret)]);
  if (secret === '') return plain;
  return plain.replace(encoded, (token) => (Buffer.from(token, 'base64').includes(secret) ? mask : token));
}
