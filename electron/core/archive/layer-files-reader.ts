import type { TarEntry } from '../tar/tar-entry.ts';
import { TarScanner } from '../tar/tar-scanner.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import { DiffIdHasher, type DiffIds } from '../oci/diff-id-hasher.ts';
import { toArchiveError } from './layer-reader.ts';
import type { Decoder } from '../tar/decoder.ts';
import { openDecoder, sniffCompression, SNIFF_BYTES } from '../tar/open-decoder.ts';

/** Receives a file's bytes. A rejection ends reading with the same error. */
export interface FileSink {
  /** Before the first byte; and again if the layer has another entry for the file, which replaces the earlier one. */
  start(): Promise<void> | undefined;
  /** The chunk is valid until the promise resolves. */
  write(chunk: Buffer): Promise<void> | undefined;
  /** After the last byte. */
  end?(): void;
}

/** A requested file. */
export interface RequestedFile {
  /** Max bytes to write to the sink. */
  readonly maxBytes: number;
  readonly sink: FileSink;
}

/** The last entry of a path in a layer. */
export interface LayerEntry {
  entry: TarEntry;
  /** Less than the file's size for a sparse file. */
  storedBytes: number;
}

/** Whether GNU tar omitted holes of the file. */
export function isSparse({ entry, storedBytes }: LayerEntry): boolean {
  return entry.type === 'file' && entry.sizeBytes !== storedBytes;
}

/** Reads one layer in chunks, and writes the requested files to their sinks. */
export class LayerFilesReader {
  readonly #layerPath: string;
  readonly #requested: ReadonlyMap<string, RequestedFile>;
  readonly #limits: ArchiveLimits;
  readonly #scanner: TarScanner;
  readonly #uncompressed = new DiffIdHasher();
  readonly #found = new Map<string, LayerEntry>();
  #decoder: Decoder | null = null;
  #head: Buffer = Buffer.alloc(0);
  #busy: Promise<void> | undefined;

  /** `layerPath` names the layer in errors; `requested` has the files by their path inside the layer. */
  constructor(layerPath: string, requested: ReadonlyMap<string, RequestedFile>, limits: ArchiveLimits) {
    this.#layerPath = layerPath;
    this.#requested = requested;
    this.#limits = limits;
    this.#scanner = new TarScanner(
      {
        onEntry: (entry, storedBytes) => {
          const file = this.#requested.get(entry.path);
          return file && this.#open(file, { entry, storedBytes });
        },
        onEntryEnd: (entry) => this.#close(entry)
      },
      limits.tar
    );
  }

  /** Returns a promise to await before the next write, or before the chunk is modified. */
  write(chunk: Buffer): Promise<void> | undefined {
    if (this.#decoder) return this.#decoder.write(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    return this.#head.length < SNIFF_BYTES ? undefined : this.#start().write(this.#head);
  }

  /** The entries found, by path; and the diffIDs of the bytes read. Throws archive-damaged, archive-too-large. */
  async end(): Promise<{ found: ReadonlyMap<string, LayerEntry>; diffIds: DiffIds }> {
    await (this.#decoder ?? this.#start()).end();
    this.#mapErrors(() => this.#scanner.end());
    await this.#busy;
    return { found: this.#found, diffIds: this.#uncompressed.digests() };
  }

  close(): void {
    this.#decoder?.close();
  }

  #start(): Decoder {
    const compression = sniffCompression(this.#head);
    return (this.#decoder = openDecoder(compression, this.#layerPath, this.#limits, (chunk) => {
      this.#uncompressed.update(chunk);
      this.#mapErrors(() => this.#scanner.write(chunk));
      const busy = this.#busy;
      this.#busy = undefined;
      return busy;
    }));
  }

  #open({ sink, maxBytes }: RequestedFile, found: LayerEntry): ((chunk: Buffer) => void) | undefined {
    this.#found.set(found.entry.path, found);
    if (!hasBytes(found)) return undefined;
    let leftBytes = maxBytes;
    this.#then(() => sink.start());
    return (chunk) => {
      const requested = chunk.subarray(0, leftBytes);
      leftBytes -= requested.length;
      if (requested.length > 0) this.#then(() => sink.write(requested));
    };
  }

  #close({ path }: TarEntry): void {
    const file = this.#requested.get(path);
    const found = this.#found.get(path);
    if (file?.sink.end === undefined || !found || !hasBytes(found)) return;
    this.#then(() => {
      file.sink.end?.();
      return undefined;
    });
  }

  /** One after the other, as the sinks accept them. */
  #then(work: () => Promise<void> | undefined): void {
    this.#busy = this.#busy ? this.#busy.then(work) : work();
  }

  #mapErrors(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw toArchiveError(error, this.#layerPath, this.#limits);
    }
  }
}

const hasBytes = (found: LayerEntry): boolean => found.entry.type === 'file' && !isSparse(found);
