import { tarLimits } from './tar-entry.ts';
import type { TarLimits } from './tar-entry.ts';

/** What reading an image may cost at most, so that a hostile archive cannot fill memory or never end. */
export interface ArchiveLimits {
  /** Of all layers together, and of the archive itself, once unpacked. */
  maxUncompressedBytes: number;
  /** Unpacked to packed; only looked at above `ratioFloorBytes`, since small files of zeros pack very well. */
  maxExpansionRatio: number;
  ratioFloorBytes: number;
  /** Of one JSON file, and of all that are kept until the end. */
  maxDocumentBytes: number;
  maxDocumentsBytes: number;
  tar: TarLimits;
}

const GIB = 1024 ** 3;

export const archiveLimits: ArchiveLimits = {
  maxUncompressedBytes: 512 * GIB,
  maxExpansionRatio: 200,
  ratioFloorBytes: GIB,
  maxDocumentBytes: 8 * 1024 ** 2,
  maxDocumentsBytes: 64 * 1024 ** 2,
  tar: tarLimits
};
