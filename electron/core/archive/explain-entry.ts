import type { UnsupportedFormat } from '#contract/domain/unsupported-formats.ts';
import { AppError } from '../util/app-error.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import { expectedDigest } from './archive-contents.ts';
import type { ArchiveEntry } from './archive-entry-reader.ts';
import { recognizeFormat } from './recognize-format.ts';

/** A file of an image that is needed as a layer or as a JSON document. */
export interface NeededEntry {
  readonly path: string;
  readonly as: 'layer' | 'document';
  readonly limits: ArchiveLimits;
}

/**
 * Why a file of an image is not what is needed: it is larger than a limit (archive-too-large), in a format that is not
 * supported (archive-unsupported), or neither (archive-damaged). This is decided only here, by how the file begins; one
 * that is not there at all is `missingEntry`.
 */
export function explainEntry(found: ArchiveEntry, { path, as, limits }: NeededEntry): AppError {
  const entry = path.slice(0, 1000);
  const format = found.kind === 'layer' ? null : recognizeFormat(found.kind === 'document' ? found.data : found.head);
  if (format !== null) return unsupported(entry, format);
  if (as === 'document' && found.kind === 'other' && found.exceeds !== null) {
    return new AppError('archive-too-large', { entry, limit: found.exceeds, maximum: limits[found.exceeds] });
  }
  const detail = { reason: as === 'layer' ? 'not-a-layer' : 'not-a-document' } as const;
  return new AppError('archive-damaged', { entry, detail });
}

/** A file of an image that is not in its archive. `digest` is its name in the manifest, if known. */
export function missingEntry(path: string, digest: string | null = null): AppError {
  return new AppError('archive-blob-missing', { digest: (digest ?? expectedDigest(path) ?? path).slice(0, 1000) });
}

/** A file that is no archive, by how it begins. */
export function explainArchive(name: string, head: Buffer): AppError {
  const format = recognizeFormat(head);
  if (format !== null) return unsupported(name, format);
  return new AppError('archive-not-an-image', { archive: name, detail: { reason: 'not-a-tar' } });
}

/** A format that is recognized by other means than how a file begins. */
export function unsupported(entry: string, format: UnsupportedFormat): AppError {
  return new AppError('archive-unsupported', { entry: entry.slice(0, 1000), format });
}
