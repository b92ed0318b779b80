import { describe, expect, it } from 'vitest';
import { toPushError } from '#core/push/push-error.ts';

const read = (message: string, signedIn = true): unknown =>
  toPushError(message, { host: 'h', repository: 'ada/x', tag: '1', signedIn }).data;

/** Messages of Docker 20.10 to 28 (graph drivers and containerd store) and Podman 4.3. */
describe('toPushError', () => {
  it.each([
    ['unauthorized: incorrect username or password', 'registry-wrong-password'],
    ['authentication required - incorrect username or password', 'registry-wrong-password'],
    ['x: unable to retrieve auth token: invalid username/password: unauthorized: y', 'registry-wrong-password'],
    ['unauthorized: authentication required', 'registry-wrong-password'],
    ['unknown: unexpected status from HEAD request to http://h/v2/: 401 Unauthorized', 'registry-wrong-password'],
    ['no basic auth credentials', 'registry-not-signed-in'],
    [
      'push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      'registry-not-signed-in'
    ],
    ['denied: requested access to the resource is denied', 'registry-denied'],
    [
      'push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'registry-denied'
    ],
    ['Get "http://h/v2/": dial tcp 127.0.0.1:1: connect: connection refused', 'registry-unreachable'],
    ['Get "https://h/v2/": http: server gave HTTP response to HTTPS client', 'registry-plain-http'],
    ['Get "https://h/v2/": dial tcp: lookup h: no such host', 'registry-unreachable'],
    ['failed to copy: failed to do request: Put "http://h/u?_state=1": write: broken pipe', 'registry-unreachable'],
    ['unexpected EOF', 'registry-unreachable'],
    ['Get "https://h/v2/": x509: certificate signed by unknown authority', 'registry-certificate'],
    ['toomanyrequests: You have reached your rate limit.', 'registry-rate-limited'],
    ['write /var/lib/docker/tmp/x: no space left on device', 'engine-disk-full'],
    ['received unexpected HTTP status: 507 Insufficient Storage', 'registry-disk-full'],
    ['unknown: filesystem: write: no space left on device', 'registry-disk-full'],
    ['received unexpected HTTP status: 500 Internal Server Error', 'registry-failed'],
    ['denied: Your authorization token has expired. Reauthenticate and try again.', 'registry-login-expired'],
    [
      'denied: Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.repositories.uploadArtifacts" on resource "projects/p"',
      'registry-login-expired'
    ],
    ['unauthorized: authentication required: the session has expired', 'registry-login-expired'],
    ['denied: Quota exceeded when processing the request of adding 5.0 MiB of storage', 'registry-quota-exceeded'],
    ['denied: adding 1.2 GiB of storage resource will exceed the configured upper limit', 'registry-quota-exceeded'],
    ['denied: quota has been exceeded on namespace', 'registry-quota-exceeded'],
    [
      "tag invalid: The image tag '1' already exists in the 'x' repository and cannot be overwritten because the tag is immutable.",
      'registry-tag-immutable'
    ],
    ["unknown: Failed to process request due to 'x:1' configured as immutable.", 'registry-tag-immutable'],
    ['denied: cannot update tag 1. The repository has enabled tag immutability', 'registry-tag-immutable'],
    ['denied: requested access to the resource is denied: rate exceeded', 'registry-rate-limited'],
    ['tls: first record does not look like a TLS handshake', 'registry-plain-http']
  ])('%s: %s', (message, code) => {
    expect(read(message)).toMatchObject(
      code.startsWith('engine') ? { code } : { code, detail: message.replace('?_state=1', '') }
    );
  });

  it('requests a sign-in if there was none', () => {
    const refusals = [
      'denied: requested access to the resource is denied',
      'unauthorized: authentication required',
      'denied: Unauthenticated request. x'
    ];
    for (const detail of refusals) {
      expect(read(detail, false)).toEqual({ code: 'registry-not-signed-in', host: 'h', detail });
    }
  });

  it('reports that a personal access token is required', () => {
    const detail = 'unauthorized: your account must log in with a Personal Access Token (PAT)';
    expect(read(detail)).toEqual({
      code: 'registry-wrong-password',
      host: 'h',
      needsToken: true,
      detail
    });
  });

  it('names the denied repository, and no upload state', () => {
    const denied = { code: 'registry-denied', host: 'h', repository: 'ada/x', action: 'push', detail: 'denied' };
    expect(read('denied')).toEqual(denied);
    expect(read('Put "http://h/u?_state=abc": EOF')).toMatchObject({ detail: 'Put "http://h/u": EOF' });
  });
});
