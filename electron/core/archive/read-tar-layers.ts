import { normalizePath } from '../tar/tar-entry.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { TarScanner } from '../tar/tar-scanner.ts';
import type { LayerFilesReader } from './layer-files-reader.ts';
import { toArchiveError } from './layer-reader.ts';
import { decompressSource } from './decompress-source.ts';
import type { DecompressOptions } from './decompress-source.ts';

const MAX_LINKS = 5;

/** The readers of the layers, by the layers' paths in the archive. */
export type LayerReaders = ReadonlyMap<string, readonly LayerFilesReader[]>;

/**
 * Passes the layers of an image archive to their readers in one pass, and reads the archive only up to the last of
 * them. Layers that are links to others are looked up again under the others' names. Returns the readers whose layers
 * are missing.
 */
export async function readTarLayers(
  open: () => AsyncIterable<Buffer>,
  layers: LayerReaders,
  options: DecompressOptions
): Promise<LayerFilesReader[]> {
  const missing: LayerFilesReader[] = [];
  let remaining = layers;
  for (let step = 0; step <= MAX_LINKS && remaining.size > 0; step++) {
    const read = new TarLayerReader(remaining, options);
    await decompressSource(
      open(),
      options,
      () => (chunk) => read.write(chunk),
      () => read.isDone
    );
    if (!read.isDone) read.end();
    const linked = new Map<string, LayerFilesReader[]>();
    for (const [path, readers] of read.left) {
      const target = read.links.get(path);
      if (target === undefined) missing.push(...readers);
      else linked.set(target, [...(linked.get(target) ?? []), ...readers]);
    }
    remaining = linked;
  }
  return [...missing, ...[...remaining.values()].flat()];
}

class TarLayerReader {
  /** The layers not found yet. */
  readonly left: Map<string, readonly LayerFilesReader[]>;
  readonly links = new Map<string, string>();
  readonly #options: DecompressOptions;
  readonly #scanner: TarScanner;
  #busy: Promise<void> | undefined;

  constructor(layers: LayerReaders, options: DecompressOptions) {
    this.left = new Map(layers);
    this.#options = options;
    this.#scanner = new TarScanner(
      {
        onEntry: (entry) => {
          const readers = this.left.get(entry.path);
          return readers && this.#open(entry, readers);
        },
        onEntryEnd: ({ path, type }) => {
          if (type === 'file') this.left.delete(path);
        }
      },
      options.limits.tar
    );
  }

  get isDone(): boolean {
    return this.left.size === 0;
  }

  write(chunk: Buffer): Promise<void> | undefined {
    try {
      this.#mapErrors(() => this.#scanner.write(chunk));
    } catch (error) {
      // Anything after the layers is not needed.
      if (!this.isDone) throw error;
    }
    const busy = this.#busy;
    this.#busy = undefined;
    return busy;
  }

  /** Throws archive-damaged if the archive is truncated before the last of the layers. */
  end(): void {
    this.#mapErrors(() => this.#scanner.end());
  }

  #mapErrors(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw toArchiveError(error, this.#options.name, this.#options.limits);
    }
  }

  #open(
    { path, type, linkTarget }: TarEntry,
    readers: readonly LayerFilesReader[]
  ): ((chunk: Buffer) => void) | undefined {
    if (type === 'hard-link') this.links.set(path, linkTarget);
    if (type === 'symlink') {
      const target = normalizePath(path.slice(0, path.lastIndexOf('/') + 1) + linkTarget);
      if (target !== null) this.links.set(path, target);
    }
    if (type !== 'file') return undefined;
    return (chunk) => {
      const waits = readers.flatMap((reader) => reader.write(chunk) ?? []);
      if (waits.length === 0) return;
      this.#busy = Promise.all(this.#busy ? [this.#busy, ...waits] : waits).then(() => undefined);
    };
  }
}
