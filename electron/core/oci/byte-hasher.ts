import { createHash } from 'node:crypto';

/** Computes the sha256 of a sequence of bytes. */
export interface ByteHasher {
  update(chunk: Buffer): void;
  /** "sha256:..." of all bytes. */
  digest(): Promise<string>;
}

/** Hashes `sizeBytes` bytes that are about to be read, starting at `offset` in the source. */
export type OpenHasher = (offset: number, sizeBytes: number) => ByteHasher;

/** Hashes on the reading thread, chunk by chunk. */
export function hashInPlace(): ByteHasher {
  const hash = createHash('sha256');
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => Promise.resolve(`sha256:${hash.digest('hex')}`)
  };
}
