import { AppError } from '../util/app-error.ts';
import type { TarLimits, TarProblem } from '../tar/tar-entry.ts';
import { LayerTableBuilder } from '../filetree/layer-table.ts';
import type { LayerTable } from '../filetree/layer-table.ts';
import { displayName } from '../tar/tar-fields.ts';
import { TarError } from '../tar/tar-entry.ts';
import { TarScanner } from '../tar/tar-scanner.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import { DiffIdHasher } from '../oci/diff-id-hasher.ts';
import type { ByteHasher } from '../oci/byte-hasher.ts';
import type { Decoder } from '../tar/decoder.ts';
import { openDecoder } from '../tar/open-decoder.ts';
import type { Compression } from '#contract/domain/compressions.ts';
import type { UncompressedTotal } from '../tar/uncompressed-total.ts';

/** A layer that was read to its end, and is being hashed. */
export interface UnverifiedLayer {
  table: LayerTable;
  compression: Compression;
  /** As stored in the archive. */
  storedBytes: number;
  digests: Promise<LayerDigests>;
}

export interface LayerDigests {
  /** sha256 of the uncompressed bytes: the diffID in the image's config. */
  diffId: string;
  /** The same with the padding of a tar's last record; the diffID if the layer is not compressed. */
  paddedDiffId: string;
  /** sha256 of the stored bytes: the digest in the manifest. */
  digest: string;
}

/** Reads one layer in chunks: decompresses, scans and hashes it. */
export class LayerReader {
  readonly #entry: string;
  readonly #compression: Compression;
  readonly #decoder: Decoder;
  readonly #scanner: TarScanner;
  readonly #table = new LayerTableBuilder();
  readonly #stored: ByteHasher;
  readonly #uncompressed: DiffIdHasher | null;
  readonly #limits: ArchiveLimits;
  #storedBytes = 0;

  /**
   * `entry` names the layer in errors: its file in the archive. `stored` hashes its stored bytes; `total` is that of
   * the archive's layers.
   */
  constructor(
    entry: string,
    compression: Compression,
    stored: ByteHasher,
    total: UncompressedTotal,
    limits: ArchiveLimits
  ) {
    this.#entry = entry;
    this.#limits = limits;
    this.#compression = compression;
    this.#scanner = new TarScanner(
      {
        onEntry: (found) => {
          this.#table.add(found);
          return undefined;
        }
      },
      limits.tar
    );
    this.#stored = stored;
    this.#uncompressed = compression === 'none' ? null : new DiffIdHasher();
    this.#decoder = openDecoder(compression, entry, limits, (chunk) => {
      total.add(chunk.length, entry);
      this.#uncompressed?.update(chunk);
      this.#mapErrors(() => this.#scanner.write(chunk));
      return undefined;
    });
  }

  write(chunk: Buffer): Promise<void> | undefined {
    this.#storedBytes += chunk.length;
    this.#stored.update(chunk);
    return this.#decoder.write(chunk);
  }

  /** Throws archive-damaged, archive-too-large; `digests` rejects with errors of hashing. */
  async end(): Promise<UnverifiedLayer> {
    await this.#decoder.end();
    this.#mapErrors(() => this.#scanner.end());
    const digests = this.#digests();
    // Avoids an unhandled rejection if the digests are never used.
    digests.catch(() => undefined);
    return {
      table: this.#table.finish(),
      compression: this.#compression,
      storedBytes: this.#storedBytes,
      digests
    };
  }

  close(): void {
    this.#decoder.close();
  }

  async #digests(): Promise<LayerDigests> {
    const digest = await this.#stored.digest();
    if (!this.#uncompressed) return { digest, diffId: digest, paddedDiffId: digest };
    return { digest, ...this.#uncompressed.digests() };
  }

  #mapErrors(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw toArchiveError(error, this.#entry, this.#limits);
    }
  }
}

/** Converts a TarError to an AppError that names the entry and the file that contains it. */
export function toArchiveError(error: unknown, file: string, limits: ArchiveLimits): unknown {
  if (!(error instanceof TarError)) return error;
  const entry = (error.entry === '' ? file : `${displayName(error.entry)} (${file})`).slice(0, 1000);
  const { problem } = error;
  if (problem in limits.tar) {
    const limit = problem as keyof TarLimits;
    return new AppError('archive-too-large', { entry, limit, maximum: limits.tar[limit] });
  }
  return new AppError('archive-damaged', { entry, detail: { reason: problem as TarProblem } }, { cause: error });
}
