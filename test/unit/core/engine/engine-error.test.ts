import { describe, expect, it } from 'vitest';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { toEngineError, TransportFailure } from '#core/engine/engine-error.ts';

const endpoint = { name: 'Docker', address: '/run/docker.sock', connected: false };
const coded = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

describe('toEngineError', () => {
  it.each(['EACCES', 'EPERM'])('%s is a permission error', (code) => {
    expect(toEngineError(coded(code), endpoint)).toMatchObject({
      data: { code: 'engine-permission', engine: 'Docker', socketPath: '/run/docker.sock' }
    });
  });

  it.each(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
    '%s is unreachable before the first answer, and lost after it',
    (code) => {
      expect(toEngineError(coded(code), endpoint)).toMatchObject({ data: { code: 'engine-unreachable' } });
      expect(toEngineError(coded(code), { ...endpoint, connected: true })).toMatchObject({
        data: { code: 'engine-lost' }
      });
    }
  );

  it('recognizes a transport that ended before HTTP', () => {
    const failure = new TransportFailure('Host key verification failed.');
    expect(toEngineError(failure, endpoint)).toMatchObject({ data: { detail: 'Host key verification failed.' } });
  });

  it('passes AppErrors unchanged, and turns any error into a cancel once the signal has fired', () => {
    const own = new AppError('engine-disk-full', {});
    expect(toEngineError(own, endpoint)).toBe(own);
    expect(toEngineError(coded('ECONNRESET'), endpoint, AbortSignal.abort())).toBeInstanceOf(Cancelled);
  });

  it('describes everything else without a URL query or a password', () => {
    const error = toEngineError(new Error('GET http://me:pw@h/x?token=1 failed'), endpoint);
    expect(error).toMatchObject({ data: { code: 'engine-failed', detail: 'GET http://h/x failed' } });
  });
});
