import { createHash } from 'node:crypto';
import { AppError } from '../util/app-error.ts';
import type { UnverifiedLayer } from './layer-reader.ts';

/** The files that an image consists of, wherever they lie. Paths are those inside the archive or the layout. */
export interface ArchiveContents {
  /** What errors call the archive. */
  readonly name: string;
  /** A JSON file; null when it is not there. Throws archive-digest-mismatch for a blob that is not what it is called. */
  document(path: string): Promise<Buffer | null>;
  /** Whether there is a layer, without reading it. */
  hasLayer(path: string): Promise<boolean>;
  /**
   * A layer, read; null when it is not there. Throws archive-damaged, archive-too-large; its digests reject with
   * archive-digest-mismatch when it is not what it is called.
   */
  layer(path: string): Promise<UnverifiedLayer | null>;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Where an OCI layout keeps a blob; digests of other kinds than sha256 are not verified, so not read. Throws
 * archive-blob-missing for those.
 */
export function blobPath(digest: string): string {
  if (!DIGEST.test(digest)) throw new AppError('archive-blob-missing', { digest: digest.slice(0, 200) });
  return `blobs/sha256/${digest.slice(7)}`;
}

/** The digest that a file's name promises: a blob's, or a config's of "docker save" (<hex>.json, sha256:<hex>). */
export function expectedDigest(path: string): string | null {
  const hex = /^(?:blobs\/sha256\/|sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
  return hex === undefined ? null : `sha256:${hex}`;
}

function verifyPathDigest(path: string, actual: string): void {
  const digest = expectedDigest(path);
  if (digest !== null && digest !== actual) {
    throw new AppError('archive-digest-mismatch', { digest, entry: path.slice(0, 1000) });
  }
}

/** A layer whose digests are those of its name, if its name promises any. */
export function verifyLayer(path: string, layer: UnverifiedLayer): UnverifiedLayer {
  const digests = layer.digests.then((found) => {
    verifyPathDigest(path, found.digest);
    return found;
  });
  digests.catch(() => undefined);
  return { ...layer, digests };
}

/** Throws archive-digest-mismatch where the name of a document promises another digest than its bytes have. */
export function verifyDocument(path: string, data: Buffer): void {
  if (expectedDigest(path) !== null)
    verifyPathDigest(path, `sha256:${createHash('sha256').update(data).digest('hex')}`);
}
