import { tarLimits } from './tar-entry.ts';
import type { TarLimits } from './tar-entry.ts';

/** Limits for reading an image, so that a hostile archive cannot exhaust memory or take forever. */
export interface ArchiveLimits {
  /** Uncompressed size of all layers together, and of the archive itself. */
  maxUncompressedBytes: number;
  /** Size of one JSON file, and of all that are kept in memory. */
  maxDocumentBytes: number;
  maxDocumentsBytes: number;
  tar: TarLimits;
}

const GIB = 1024 ** 3;

export const archiveLimits: ArchiveLimits = {
  maxUncompressedBytes: 512 * GIB,
  maxDocumentBytes: 8 * 1024 ** 2,
  maxDocumentsBytes: 64 * 1024 ** 2,
  tar: tarLimits
};

/** For an image of one's own engine, which unpacked it already. */
export const engineLimits: ArchiveLimits = { ...archiveLimits, maxUncompressedBytes: Number.MAX_SAFE_INTEGER };
