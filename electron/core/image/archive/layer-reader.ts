import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { AppError } from '../../app-error.ts';
import { LayerTableBuilder } from '../layer/layer-table.ts';
import type { LayerTable } from '../layer/layer-table.ts';
import { displayName } from '../layer/tar-fields.ts';
import { TarError } from '../layer/tar-entry.ts';
import { TarScanner } from '../layer/tar-scanner.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { openDecoder } from './open-decoder.ts';
import type { Compression, Decoder } from './open-decoder.ts';

/** A layer that was read whole. */
export interface ScannedLayer {
  table: LayerTable;
  /** sha256 of what was read, unpacked: what the image's config must say. */
  diffId: string;
  /** sha256 of what was read as it lay there: what the manifest must say. */
  digest: string;
  compression: Compression;
  /** As it lay there. */
  storedBytes: number;
}

/** Reads one layer that comes in chunks: unpacks, hashes and scans it at once. */
export class LayerReader {
  readonly #entry: string;
  readonly #compression: Compression;
  readonly #decoder: Decoder;
  readonly #scanner: TarScanner;
  readonly #table = new LayerTableBuilder();
  readonly #stored: Hash;
  readonly #unpacked: Hash | null;
  readonly #limits: ArchiveLimits;
  #storedBytes = 0;

  /** `entry` names the layer in errors: its file in the archive. */
  constructor(entry: string, compression: Compression, limits: ArchiveLimits) {
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
    this.#stored = createHash('sha256');
    this.#unpacked = compression === 'none' ? null : createHash('sha256');
    this.#decoder = openDecoder(compression, entry, limits, (chunk) => {
      this.#unpacked?.update(chunk);
      this.#explained(() => this.#scanner.write(chunk));
      return undefined;
    });
  }

  write(chunk: Buffer): Promise<void> | undefined {
    this.#storedBytes += chunk.length;
    this.#stored.update(chunk);
    return this.#decoder.write(chunk);
  }

  /** Throws archive-damaged, archive-too-large. */
  async end(): Promise<ScannedLayer> {
    await this.#decoder.end();
    this.#explained(() => this.#scanner.end());
    const digest = `sha256:${this.#stored.digest('hex')}`;
    return {
      table: this.#table.finish(),
      digest,
      diffId: this.#unpacked ? `sha256:${this.#unpacked.digest('hex')}` : digest,
      compression: this.#compression,
      storedBytes: this.#storedBytes
    };
  }

  close(): void {
    this.#decoder.close();
  }

  #explained(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw explainTarError(error, this.#entry, this.#limits);
    }
  }
}

/** A TarError as the error of the contract that names the entry and the file it is in. */
export function explainTarError(error: unknown, file: string, limits: ArchiveLimits): unknown {
  if (!(error instanceof TarError)) return error;
  const entry = (error.entry === '' ? file : `${displayName(error.entry)} (${file})`).slice(0, 1000);
  if (error.limit)
    return new AppError('archive-too-large', { entry, limit: error.limit, maximum: limits.tar[error.limit] });
  return new AppError('archive-damaged', { entry, detail: error.message }, { cause: error });
}
