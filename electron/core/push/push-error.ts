import { AppError } from '../util/app-error.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import { requiresToken } from '../registry/fetch-token.ts';
import { readRefusal } from '../registry/read-refusal.ts';

export interface PushTarget {
  readonly host: string;
  /** The repository, as named in the error. */
  readonly repository: string;
  readonly tag: string;
  readonly signedIn: boolean;
}

const brokenConnection =
  /connection re(?:set|fused)|broken pipe|no such host|server misbehaving|i\/o timeout|timeout exceeded|handshake timeout|network is unreachable|no route to host|server closed idle|\bEOF\b|use of closed network connection|deadline exceeded/i;

/** The connection to the registry failed: retrying may help. */
export function isBrokenConnection(message: string): boolean {
  return brokenConnection.test(message);
}

/** The registry failed during the push, and the engine does not report why. */
export function isServerError(message: string): boolean {
  return /\b50\d (?:Internal Server Error|Bad Gateway|Service Unavailable)/i.test(message);
}

/**
 * Maps an engine's message about a failed push to an error code. Three families of engines (graph drivers, containerd
 * store, Podman)
 * word the same error differently, and all as text after HTTP 200; only this function reads it.
 */
export function toPushError(message: string, target: PushTarget): AppError {
  const { host, repository, tag, signedIn } = target;
  const detail = cleanDetail(message);
  const refused = (needsToken = false): AppError =>
    signedIn
      ? new AppError('registry-wrong-password', { host, needsToken, detail })
      : new AppError('registry-not-signed-in', { host, detail });

  if (/no space left on device|disk quota exceeded|insufficient storage|HTTP status: 507/i.test(message)) {
    return isRegistrysDisk(message)
      ? new AppError('registry-disk-full', { host, detail })
      : new AppError('engine-disk-full', {});
  }
  if (requiresToken(message)) return refused(true);
  switch (readRefusal(message)) {
    case 'rate-limited':
      return new AppError('registry-rate-limited', { host, detail });
    case 'quota-exceeded':
      return new AppError('registry-quota-exceeded', { host, detail });
    case 'tag-immutable':
      return new AppError('registry-tag-immutable', { host, repository, tag, detail });
    case 'plain-http':
      return new AppError('registry-plain-http', { host, detail });
    case 'certificate':
      return new AppError('registry-certificate', { host, detail });
    case 'login-expired':
      return signedIn ? new AppError('registry-login-expired', { host, detail }) : refused();
    case null:
      break;
  }
  if (/incorrect username or password|invalid username\/password/i.test(message)) return refused();
  if (/no basic auth credentials/i.test(message)) return new AppError('registry-not-signed-in', { host, detail });
  if (/insufficient_scope|\bdenied\b|403 Forbidden/i.test(message)) {
    return signedIn
      ? new AppError('registry-denied', { host, repository, action: 'push', detail })
      : new AppError('registry-not-signed-in', { host, detail });
  }
  if (/unauthorized|authentication required|authorization failed/i.test(message)) return refused();
  if (isBrokenConnection(message)) return new AppError('registry-unreachable', { host, detail });
  return new AppError('registry-failed', { host, detail });
}

/** The engine's own full disk is named by a path of its store; a registry's is quoted from its answer. */
function isRegistrysDisk(message: string): boolean {
  return /HTTP status|unexpected status|unknown:|server message|insufficient storage|PUT request|PATCH/i.test(message);
}
