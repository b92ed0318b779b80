import { createHash } from 'node:crypto';
import { AppError } from '../util/app-error.ts';
import type { UnverifiedLayer } from './layer-reader.ts';

/** The files of an image, from any source. Paths are those inside the archive or the layout. */
export interface ArchiveContents {
  /** The archive's name in errors. */
  readonly name: string;
  /** Names at the top, of files and directories. */
  topNames(): Promise<ReadonlySet<string>>;
  /** Whether a file exists, without reading it. */
  has(path: string): Promise<boolean>;
  /**
   * A JSON file; null if it is missing. Throws archive-digest-mismatch for a blob that does not match its name, and
   * archive-unsupported, archive-damaged and archive-too-large for one that is something else.
   */
  document(path: string): Promise<Buffer | null>;
  /**
   * Reads a layer; null if it is missing. Throws archive-unsupported, archive-damaged, archive-too-large; its digests
   * reject with archive-digest-mismatch if it does not match its name.
   */
  layer(path: string): Promise<UnverifiedLayer | null>;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Digests other than sha256 are not verified, so not read: https://github.com/opencontainers/image-spec/blob/main/descriptor.md#registered-algorithms */
const OTHER_DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;

/** Path of a blob in an OCI layout. Throws archive-unsupported, archive-damaged for what is no digest of SHA-256. */
export function blobPath(digest: string): string {
  if (!DIGEST.test(digest)) {
    const entry = digest.slice(0, 200);
    if (OTHER_DIGEST.test(digest) && !digest.startsWith('sha256:')) {
      throw new AppError('archive-unsupported', { entry, format: 'digest-algorithm' });
    }
    throw new AppError('archive-damaged', { entry, detail: { reason: 'digest-invalid' } });
  }
  return `blobs/sha256/${digest.slice(7)}`;
}

/** The digest in a file's name: a blob's, or a config's of "docker save" (<hex>.json, sha256:<hex>). */
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

/** A layer that matches the digest in its name, if there is one. */
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
