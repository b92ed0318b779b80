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
  /** Neither. `head` is its start; `exceeds` is the limit because of which a document was not kept. */
  | { kind: 'other'; head: Buffer; exceeds: 'maxDocumentBytes' | 'maxDocumentsBytes' | null };

const BLOCK = 512;

/** Whether a tar starts with this block; an empty one consists of zeros. */
export function isTarStart(head: Buffer): boolean {
  return head.length >= BLOCK && (hasValidChecksum(head) || isZeroBlock(head));
}

/** An object, a list or null, perhaps after white space or a byte order mark. */
function startsLikeJson(head: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*(?:[[{]|null)/.test(head.toString('latin1'));
}

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
  /** The start of a file that is not kept. */
  #start: Buffer = Buffer.alloc(0);
  #isTooLarge = false;
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

  /** Whether what was written so far can be a document. */
  get isDocument(): boolean {
    return !this.#decided || this.#documentParts !== null;
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
    else this.#done({ kind: 'other', head: this.#start, exceeds: this.#isTooLarge ? 'maxDocumentBytes' : null });
  }

  close(): void {
    this.#reader?.close();
  }

  #decide(head: Buffer): void {
    this.#decided = true;
    const compression = sniffCompression(head);
    if (compression !== 'none' || isTarStart(head)) {
      this.#reader = new LayerReader(this.#path, compression, this.#openHasher(), this.#total, this.#limits);
      return;
    }
    const isDocument = startsLikeJson(head);
    this.#isTooLarge = isDocument && this.#sizeBytes > this.#limits.maxDocumentBytes;
    if (isDocument && !this.#isTooLarge) this.#documentParts = [];
    else this.#start = Buffer.from(head.subarray(0, BLOCK));
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
