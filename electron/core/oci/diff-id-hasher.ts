import { createHash } from 'node:crypto';

/** A tar is written in records of 20 blocks. */
const RECORD_BYTES = 10_240;

/** The sha256 of uncompressed bytes, as they are and with the padding of a tar's last record. */
export interface DiffIds {
  diffId: string;
  paddedDiffId: string;
}

/** Computes the diffID of a layer that is compressed. */
export class DiffIdHasher {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  update(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
  }

  digests(): DiffIds {
    const padding = (RECORD_BYTES - (this.#bytes % RECORD_BYTES)) % RECORD_BYTES;
    const padded = this.#hash.copy().update(Buffer.alloc(padding));
    return { diffId: `sha256:${this.#hash.digest('hex')}`, paddedDiffId: `sha256:${padded.digest('hex')}` };
  }
}

/** Whether a layer has this diffID. Podman 4 leaves out the padding, which contains nothing, when it writes zstd:chunked. */
export function matchesDiffId({ diffId, paddedDiffId }: DiffIds, expected: string): boolean {
  return diffId === expected || paddedDiffId === expected;
}
