import { describe, expect, it } from 'vitest';
import { toPushError } from '#core/push/push-error.ts';

const read = (message: string, signedIn = true): unknown =>
  toPushError(message, { host: 'h', repository: 'ada/x', signedIn }).data;

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
    ['Get "https://h/v2/": http: server gave HTTP response to HTTPS client', 'registry-unreachable'],
    ['Get "https://h/v2/": dial tcp: lookup h: no such host', 'registry-unreachable'],
    ['failed to copy: failed to do request: Put "http://h/u?_state=1": write: broken pipe', 'registry-unreachable'],
    ['unexpected EOF', 'registry-unreachable'],
    ['Get "https://h/v2/": x509: certificate signed by unknown authority', 'registry-certificate'],
    ['toomanyrequests: You have reached your rate limit.', 'registry-rate-limited'],
    ['write /var/lib/docker/tmp/x: no space left on device', 'engine-disk-full'],
    ['received unexpected HTTP status: 507 Insufficient Storage', 'registry-disk-full'],
    ['unknown: filesystem: write: no space left on device', 'registry-disk-full'],
    ['received unexpected HTTP status: 500 Internal Server Error', 'registry-failed']
  ])('%s: %s', (message, code) => {
    expect(read(message)).toMatchObject({ code });
  });

  it('requests a sign-in if there was none', () => {
    const refusals = ['denied: requested access to the resource is denied', 'unauthorized: authentication required'];
    for (const message of refusals) expect(read(message, false)).toEqual({ code: 'registry-not-signed-in', host: 'h' });
  });

  it('reports that a personal access token is required', () => {
    expect(read('unauthorized: your account must log in with a Personal Access Token (PAT)')).toEqual({
      code: 'registry-wrong-password',
      host: 'h',
      needsToken: true
    });
  });

  it('names the denied repository, and no upload state', () => {
    expect(read('denied')).toEqual({ code: 'registry-denied', host: 'h', repository: 'ada/x', action: 'push' });
    expect(read('Put "http://h/u?_state=abc": EOF')).toMatchObject({ detail: 'Put "http://h/u": EOF' });
  });
});
