import type { TarEntry } from '../layer/tar-entry.ts';
import { TarScanner } from '../layer/tar-scanner.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { hashInPlace } from './byte-hasher.ts';
import { explainTarError } from './layer-reader.ts';
import { openDecoder, sniffCompression } from './open-decoder.ts';
import type { Decoder } from './open-decoder.ts';

/** Takes a file's bytes. What rejects here ends the reading with the same error. */
export interface FileSink {
  /** Before the first byte; and again when the layer tells the file once more, so that what came before does not count. */
  start(): Promise<void> | undefined;
  /** A chunk may be looked at until the promise resolves. */
  write(chunk: Buffer): Promise<void> | undefined;
}

/** The last entry of a path in a layer. */
export interface FoundEntry {
  entry: TarEntry;
  /** Less than the file's size where it is a sparse one. */
  storedBytes: number;
}

/** Whether GNU tar left holes out of the file. */
export function isSparse({ entry, storedBytes }: FoundEntry): boolean {
  return entry.type === 'file' && entry.sizeBytes !== storedBytes;
}

/** Reads one layer that comes in chunks, and hands on the bytes of the file with one path. */
export class LayerFileReader {
  readonly #layerPath: string;
  readonly #path: string;
  readonly #limits: ArchiveLimits;
  readonly #sink: FileSink;
  readonly #scanner: TarScanner;
  readonly #unpacked = hashInPlace();
  #leftBytes = 0;
  readonly #maxBytes: number;
  #decoder: Decoder | null = null;
  #head: Buffer = Buffer.alloc(0);
  #found: FoundEntry | null = null;
  #busy: Promise<void> | undefined;

  /** `layerPath` names the layer in errors. At most `maxBytes` of the file are handed on. */
  constructor(layerPath: string, path: string, maxBytes: number, limits: ArchiveLimits, sink: FileSink) {
    this.#layerPath = layerPath;
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#limits = limits;
    this.#sink = sink;
    const onEntry = (entry: TarEntry, storedBytes: number): ((chunk: Buffer) => void) | undefined =>
      entry.path === this.#path ? this.#open({ entry, storedBytes }) : undefined;
    this.#scanner = new TarScanner({ onEntry }, limits.tar);
  }

  /** Answers what to wait for before more is written or the chunk is changed. */
  write(chunk: Buffer): Promise<void> | undefined {
    if (this.#decoder) return this.#decoder.write(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    return this.#head.length < 4 ? undefined : this.#start().write(this.#head);
  }

  /** The entry, null when the layer has none; and the diffId of what was read. Throws archive-damaged, archive-too-large. */
  async end(): Promise<{ found: FoundEntry | null; diffId: string }> {
    await (this.#decoder ?? this.#start()).end();
    this.#explained(() => this.#scanner.end());
    await this.#busy;
    return { found: this.#found, diffId: await this.#unpacked.digest() };
  }

  close(): void {
    this.#decoder?.close();
  }

  #start(): Decoder {
    const compression = sniffCompression(this.#head);
    return (this.#decoder = openDecoder(compression, this.#layerPath, this.#limits, (chunk) => {
      this.#unpacked.update(chunk);
      this.#explained(() => this.#scanner.write(chunk));
      const busy = this.#busy;
      this.#busy = undefined;
      return busy;
    }));
  }

  #open(found: FoundEntry): ((chunk: Buffer) => void) | undefined {
    this.#found = found;
    if (found.entry.type !== 'file' || isSparse(found)) return undefined;
    this.#leftBytes = this.#maxBytes;
    this.#then(() => this.#sink.start());
    return (chunk) => {
      const wanted = chunk.subarray(0, this.#leftBytes);
      this.#leftBytes -= wanted.length;
      if (wanted.length > 0) this.#then(() => this.#sink.write(wanted));
    };
  }

  /** One after the other, as the sink gets them. */
  #then(work: () => Promise<void> | undefined): void {
    this.#busy = this.#busy ? this.#busy.then(work) : work();
  }

  #explained(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw explainTarError(error, this.#layerPath, this.#limits);
    }
  }
}
