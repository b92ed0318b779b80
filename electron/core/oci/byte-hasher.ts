import { createHash } from 'node:crypto';

/** Makes the sha256 of bytes that come one after the other. */
export interface ByteHasher {
  update(chunk: Buffer): void;
  /** "sha256:..." of all that came. */
  digest(): Promise<string>;
}

/** Hashes `sizeBytes` bytes that are about to be read, from `offset` of what is read on. */
export type OpenHasher = (offset: number, sizeBytes: number) => ByteHasher;

/** Hashes on the thread that reads, as the bytes come. */
export function hashInPlace(): ByteHasher {
  const hash = createHash('sha256');
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => Promise.resolve(`sha256:${hash.digest('hex')}`)
  };
}
