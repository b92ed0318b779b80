import { createHash, type Hash } from 'node:crypto';
import { AppError } from '../util/app-error.ts';

/** A hash for a digest's algorithm; throws registry-failed for one that is not supported. */
export function createDigestHash(host: string, digest: string): Hash {
  const algorithm = /^(sha256|sha384|sha512):[0-9a-f]{64,128}$/.exec(digest)?.[1];
  if (algorithm !== undefined) return createHash(algorithm);
  throw new AppError('registry-failed', { host, detail: { reason: 'digest-unsupported' } });
}

/** Throws registry-failed if the bytes do not match the digest. */
export function verifyDigest(host: string, digest: string, hash: Hash): void {
  if (digest.endsWith(`:${hash.digest('hex')}`)) return;
  throw new AppError('registry-failed', { host, detail: { reason: 'digest-differs' } });
}
