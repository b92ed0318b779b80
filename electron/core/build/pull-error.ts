import { AppError } from '../util/app-error.ts';
import type { BuildStep } from '#contract/schema/build.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import { requiresToken } from '../registry/fetch-token.ts';
import { readRefusal } from '../registry/read-refusal.ts';
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
  const { host, repository, reference, line, use } = base;
  const detail = cleanDetail(text);
  const pulled = { reference, line, ...(use === 'syntax' ? { isSyntax: true } : {}) };
  const matches = (pattern: RegExp): boolean => pattern.test(text);
  const notSignedIn = (): AppError => new AppError('registry-not-signed-in', { host, ...pulled, detail });

  switch (readRefusal(text)) {
    case 'rate-limited':
      return new AppError('registry-rate-limited', { host, ...pulled, detail });
    case 'plain-http':
      return new AppError('registry-plain-http', { host, ...pulled, detail });
    case 'certificate':
      return new AppError('registry-certificate', { host, ...pulled, detail });
    case 'login-expired':
      return logins.signedIn(host)
        ? new AppError('registry-login-expired', { host, ...pulled, detail })
        : notSignedIn();
    case 'quota-exceeded':
    case 'tag-immutable':
    case null:
      break;
  }
  if (
    matches(
      /may require|manifest unknown|name unknown|not found|no such image|does not resolve|image not known|no stage or image found/i
    )
  ) {
    const mayBePrivate = matches(/may require|insufficient_scope|denied/i) && !logins.signedIn(host);
    return new AppError('base-not-found', { ...pulled, detail, ...(mayBePrivate ? { host } : {}) });
  }
  if (
    matches(
      /no basic auth credentials|\b401\b|unauthorized|authentication required|invalid username\/password|incorrect username/i
    )
  ) {
    return logins.signedIn(host)
      ? new AppError('registry-wrong-password', { host, ...pulled, needsToken: requiresToken(text), detail })
      : notSignedIn();
  }
  if (matches(/\bdenied\b|insufficient_scope|\b403\b|forbidden/i))
    return new AppError('registry-denied', { host, ...pulled, repository, action: 'pull', detail });
  if (
    matches(
      /dial tcp|dial unix|no such host|connection refused|connection reset|i\/o timeout|deadline exceeded|\bEOF\b|failed to do request|pinging container registry/i
    )
  ) {
    return new AppError('registry-unreachable', { host, ...pulled, detail });
  }
  if (matches(/schema ?(?:v|version )?1\b.{0,80}(?:support|disabled|deprecat|removed)|docker image format v1/is)) {
    return new AppError('registry-failed', { host, ...pulled, detail: { reason: 'manifest-schema-1' } });
  }
  if (matches(/unexpected status|received unexpected HTTP status|failed to resolve (?:source metadata|reference)/i)) {
    return new AppError('registry-failed', { host, ...pulled, detail });
  }
  return null;
}
