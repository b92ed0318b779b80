import type { ArchiveLimits } from '../tar/archive-limits.ts';
import type { ByteHasher } from '../oci/byte-hasher.ts';
import { LayerReader } from './layer-reader.ts';
import type { UnverifiedLayer } from './layer-reader.ts';
import { sniffCompression } from '../tar/open-decoder.ts';
import type { UncompressedTotal } from '../tar/uncompressed-total.ts';
import { hasValidChecksum, isZeroBlock } from '../tar/tar-fields.ts';

/** The detected kind of a file in an image archive. A layer's failure matters only once the image needs that layer. */
export type ArchiveEntry =
  | { kind: 'layer'; layer: Promise<UnverifiedLayer | { failure: unknown }> }
  | { kind: 'document'; data: Buffer }
  | { kind: 'large' };

const BLOCK = 512;

/**
 * Distinguishes layers from documents by their first block, since names and media types depend on the tool that wrote
 * the archive.
 */
export class ArchiveEntryReader {
  readonly #path: string;
  readonly #sizeBytes: number;
  readonly #limits: ArchiveLimits;
  readonly #openHasher: () => ByteHasher;
  readonly #total: UncompressedTotal;
  readonly #done: (found: ArchiveEntry) => void;
  #head: Buffer[] = [];
  #headBytes = 0;
  #documentParts: Buffer[] | null = null;
  #reader: LayerReader | null = null;
  #failure: { failure: unknown } | null = null;
  #decided = false;

  /** `openHasher` is called once, if the file is a layer; `total` is that of the archive's layers. */
  constructor(
    { path, sizeBytes }: { path: string; sizeBytes: number },
    limits: ArchiveLimits,
    openHasher: () => ByteHasher,
    total: UncompressedTotal,
    done: (found: ArchiveEntry) => void
  ) {
    this.#path = path;
    this.#sizeBytes = sizeBytes;
    this.#limits = limits;
    this.#openHasher = openHasher;
    this.#total = total;
    this.#done = done;
  }

  /** Returns a promise to await before the next write. */
  write(chunk: Buffer): Promise<void> | undefined {
    if (this.#decided) return this.#forward(chunk);
    this.#headBytes += chunk.length;
    if (this.#headBytes < BLOCK && this.#headBytes < this.#sizeBytes) {
      this.#head.push(Buffer.from(chunk));
      return undefined;
    }
    const head = this.#head.length === 0 ? chunk : Buffer.concat([...this.#head, chunk]);
    this.#head = [];
    this.#decide(head);
    return this.#forward(head);
  }

  end(): void {
    const reader = this.#reader;
    if (reader) {
      const failure = this.#failure;
      const layer = failure ? Promise.resolve(failure) : reader.end().catch((error: unknown) => ({ failure: error }));
      this.#done({ kind: 'layer', layer });
    } else if (this.#documentParts) this.#done({ kind: 'document', data: Buffer.concat(this.#documentParts) });
    else this.#done({ kind: 'large' });
  }

  close(): void {
    this.#reader?.close();
  }

  #decide(head: Buffer): void {
    this.#decided = true;
    const compression = sniffCompression(head);
    const tar = head.length >= BLOCK && (hasValidChecksum(head) || isZeroBlock(head));
    if (compression !== 'none' || tar) {
      this.#reader = new LayerReader(this.#path, compression, this.#openHasher(), this.#total, this.#limits);
    } else if (this.#sizeBytes <= this.#limits.maxDocumentBytes) this.#documentParts = [];
  }

  #forward(chunk: Buffer): Promise<void> | undefined {
    this.#documentParts?.push(Buffer.from(chunk));
    if (!this.#reader || this.#failure) return undefined;
    const failed = (failure: unknown): void => {
      this.#failure = { failure };
      this.#reader?.close();
    };
    try {
      return this.#reader.write(chunk)?.catch(failed);
    } catch (error) {
      failed(error);
      return undefined;
    }
  }
}
