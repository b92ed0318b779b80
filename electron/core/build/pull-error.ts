import { AppError } from '../util/app-error.ts';
import type { BuildStep } from '#contract/schema/build.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import { findNamedImage, type BaseImage } from './base-images.ts';

/** What an engine says when it cannot pull a base image; null when it says nothing of the kind. */
export function toPullError(
  text: string,
  step: BuildStep | null,
  bases: readonly BaseImage[],
  logins: { signedIn(host: string): boolean }
): AppError | null {
  // BuildKit could not ask us for logins: nothing was said by a registry.
  if (/no active session/i.test(text) || /^WORKDIR\b/i.test(step?.name ?? '')) return null;
  const base = findNamedImage(text, bases, step);
  if (base === null) return null;
  const { host, repository, reference, line } = base;
  const detail = cleanDetail(text);
  const pulled = { reference, line };
  const matches = (pattern: RegExp): boolean => pattern.test(text);

  if (matches(/toomanyrequests|too many requests|rate limit|\b429\b/i))
    return new AppError('registry-rate-limited', { host, ...pulled });
  if (matches(/x509|certificate|http response to https client/i))
    return new AppError('registry-certificate', { host, ...pulled, detail });
  if (
    matches(
      /may require|manifest unknown|name unknown|not found|no such image|does not resolve|image not known|no stage or image found/i
    )
  ) {
    const mayBePrivate = matches(/may require|insufficient_scope|denied/i) && !logins.signedIn(host);
    return new AppError('base-not-found', { reference, line, ...(mayBePrivate ? { host } : {}) });
  }
  if (
    matches(
      /no basic auth credentials|\b401\b|unauthorized|authentication required|invalid username\/password|incorrect username/i
    )
  ) {
    return logins.signedIn(host)
      ? new AppError('registry-wrong-password', { host, ...pulled, needsToken: false })
      : new AppError('registry-not-signed-in', { host, ...pulled });
  }
  if (matches(/\bdenied\b|insufficient_scope|\b403\b|forbidden/i))
    return new AppError('registry-denied', { host, ...pulled, repository, action: 'pull' });
  if (
    matches(
      /dial tcp|dial unix|no such host|connection refused|connection reset|i\/o timeout|deadline exceeded|\bEOF\b|failed to do request|pinging container registry/i
    )
  ) {
    return new AppError('registry-unreachable', { host, ...pulled, detail });
  }
  return null;
}
