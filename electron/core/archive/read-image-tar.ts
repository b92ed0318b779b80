import { Cancelled } from '../util/app-error.ts';
import { normalizePath } from '../tar/tar-entry.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { TarScanner } from '../tar/tar-scanner.ts';
import { ArchiveEntryReader, isTarStart } from './archive-entry-reader.ts';
import type { ArchiveEntry } from './archive-entry-reader.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import { hashInPlace } from '../oci/byte-hasher.ts';
import type { ByteHasher, OpenHasher } from '../oci/byte-hasher.ts';
import { verifyDocument, verifyLayer } from './archive-contents.ts';
import type { ArchiveContents } from './archive-contents.ts';
import { explainArchive, explainEntry } from './explain-entry.ts';
import { toArchiveError } from './layer-reader.ts';
import { decompressSource } from './decompress-source.ts';
import type { DecompressOptions } from './decompress-source.ts';
import { UncompressedTotal } from '../tar/uncompressed-total.ts';

export interface ReadImageTarOptions extends DecompressOptions {
  /**
   * Hashes layers, by their offset in the source; not used if the source is compressed. Default: the reader's thread.
   */
  openHasher?: OpenHasher;
}

const BLOCK = 512;
const MAGIC_OFFSET = 257;
/** Tools fill the last record, which is rarely larger than 10 KiB. */
const MAX_PADDING_BYTES = 1 << 20;
const MAX_LINKS = 5;
/** More than any tool writes. */
const MAX_TOP_NAMES = 10_000;

/**
 * Reads an image archive once, from start to end, written by any tool: "docker save" old and new, the containerd store,
 * Podman, kaniko, buildx, skopeo; compressed or not. JSON files can be anywhere, so every layer is scanned in place
 * and the small files are kept in memory. Throws archive-not-an-image, archive-unsupported, archive-damaged,
 * archive-too-large, Cancelled, and what the source throws.
 */
export async function readImageTar(
  source: AsyncIterable<Buffer>,
  options: ReadImageTarOptions
): Promise<ArchiveContents> {
  const { name, limits, openHasher = hashInPlace } = options;
  let files: TarContents | undefined;
  try {
    await decompressSource(
      source,
      options,
      (compression) => {
        const opened = new TarContents(name, limits, compression === 'none' ? openHasher : hashInPlace);
        files = opened;
        return (chunk) => opened.write(chunk);
      },
      () => files?.isDone === true
    );
    files ??= new TarContents(name, limits, hashInPlace);
    await files.end();
    return files;
  } catch (error) {
    files?.close();
    throw options.signal.aborted ? new Cancelled() : error;
  }
}

class TarContents implements ArchiveContents {
  readonly name: string;
  readonly #limits: ArchiveLimits;
  readonly #openHasher: OpenHasher;
  readonly #total: UncompressedTotal;
  readonly #scanner: TarScanner;
  readonly #found = new Map<string, ArchiveEntry>();
  readonly #links = new Map<string, string>();
  readonly #topNames = new Set<string>();
  #reader: ArchiveEntryReader | null = null;
  #busy: Promise<void> | undefined;
  #documentsBytes = 0;
  #head: Buffer = Buffer.alloc(0);
  #paddingBytes = 0;

  constructor(name: string, limits: ArchiveLimits, openHasher: OpenHasher) {
    this.name = name;
    this.#limits = limits;
    this.#openHasher = openHasher;
    this.#total = new UncompressedTotal(limits);
    this.#scanner = new TarScanner(
      {
        onEntry: (entry, storedBytes, offset) => this.#open(entry, storedBytes, offset),
        onEntryEnd: () => this.#closeEntry()
      },
      limits.tar
    );
  }

  /** Whether only padding followed for so long that the archive has ended: its source may never end. */
  get isDone(): boolean {
    return this.#paddingBytes > MAX_PADDING_BYTES;
  }

  /** Returns a promise to await until the current layer accepts more. */
  write(chunk: Buffer): Promise<void> | undefined {
    this.#checkStart(chunk);
    try {
      if (this.#scanner.hasEnded) this.#paddingBytes += chunk.length;
      this.#scanner.write(chunk);
    } catch (error) {
      throw toArchiveError(error, this.name, this.#limits);
    }
    const busy = this.#busy;
    this.#busy = undefined;
    return busy;
  }

  async end(): Promise<void> {
    const isEmpty = this.#scanner.entryCount === 0 && (this.#head.length < BLOCK || this.isDone);
    if (isEmpty) throw explainArchive(this.name, this.#head);
    try {
      this.#scanner.end();
    } catch (error) {
      throw toArchiveError(error, this.name, this.#limits);
    }
    for (const found of this.#found.values()) if (found.kind === 'layer') await found.layer;
  }

  close(): void {
    this.#reader?.close();
  }

  /** Throws archive-not-an-image, archive-unsupported for what is no tar: its first block decides. */
  #checkStart(chunk: Buffer): void {
    if (this.#head.length >= BLOCK) return;
    this.#head = Buffer.concat([this.#head, chunk.subarray(0, BLOCK - this.#head.length)]);
    if (this.#head.length < BLOCK || isTarStart(this.#head)) return;
    // A header that was damaged.
    if (this.#head.toString('latin1', MAGIC_OFFSET, MAGIC_OFFSET + 5) === 'ustar') return;
    throw explainArchive(this.name, this.#head);
  }

  topNames(): Promise<ReadonlySet<string>> {
    return Promise.resolve(this.#topNames);
  }

  has(path: string): Promise<boolean> {
    return Promise.resolve(this.#found.has(this.#follow(path)));
  }

  document(path: string): Promise<Buffer | null> {
    // Errors reject.
    return new Promise((resolve) => resolve(this.#readDocument(path)));
  }

  #readDocument(path: string): Buffer | null {
    const found = this.#found.get(this.#follow(path));
    if (!found) return null;
    if (found.kind !== 'document') throw explainEntry(found, { path, as: 'document', limits: this.#limits });
    verifyDocument(path, found.data);
    return found.data;
  }

  async layer(path: string): ReturnType<ArchiveContents['layer']> {
    const found = this.#found.get(this.#follow(path));
    if (!found) return null;
    if (found.kind !== 'layer') throw explainEntry(found, { path, as: 'layer', limits: this.#limits });
    const layer = await found.layer;
    if ('failure' in layer) throw layer.failure;
    return path.startsWith('blobs/') ? verifyLayer(path, layer) : layer;
  }

  #open(entry: TarEntry, sizeBytes: number, offset: number): ((chunk: Buffer) => void) | undefined {
    const { path, type } = entry;
    if (this.#topNames.size < MAX_TOP_NAMES) this.#topNames.add(path.split('/', 1)[0] ?? '');
    if (type === 'hard-link') this.#links.set(path, entry.linkTarget);
    if (type === 'symlink') {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      this.#links.set(path, normalizePath(folder + entry.linkTarget) ?? '');
    }
    if (type !== 'file') return undefined;
    const openHasher = (): ByteHasher => this.#openHasher(offset, sizeBytes);
    const reader = new ArchiveEntryReader({ path, sizeBytes }, this.#limits, openHasher, this.#total, (found) => {
      this.#add(path, found);
    });
    this.#reader = reader;
    return (chunk) => {
      const wait = reader.write(chunk);
      if (wait) this.#busy = this.#busy ? Promise.all([this.#busy, wait]).then(() => undefined) : wait;
    };
  }

  #closeEntry(): void {
    this.#reader?.end();
    this.#reader = null;
  }

  #add(path: string, found: ArchiveEntry): void {
    this.#found.set(path, this.#bounded(found));
    this.#links.delete(path);
  }

  /** Drops a document beyond the limit for all: most are not needed, such as SBOMs of the image. */
  #bounded(found: ArchiveEntry): ArchiveEntry {
    if (found.kind === 'layer') return found;
    const bytes = (found.kind === 'document' ? found.data.length : found.head.length) + 200;
    if (found.kind === 'document' && this.#documentsBytes + bytes > this.#limits.maxDocumentsBytes) {
      return { kind: 'other', head: Buffer.from(found.data.subarray(0, 16)), exceeds: 'maxDocumentsBytes' };
    }
    this.#documentsBytes += bytes;
    return found;
  }

  /** A layer that is there twice may be a link to the first; circular links resolve to nothing. */
  #follow(path: string): string {
    let at = normalizePath(path) ?? path;
    for (let steps = 0; steps < MAX_LINKS; steps++) {
      const next = this.#links.get(at);
      if (next === undefined) break;
      at = next;
    }
    return at;
  }
}
