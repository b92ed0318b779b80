import { normalisePath } from '../layer/tar-entry.ts';
import type { TarEntry } from '../layer/tar-entry.ts';
import { TarScanner } from '../layer/tar-scanner.ts';
import type { LayerFileReader } from './layer-file-reader.ts';
import { explainTarError } from './layer-reader.ts';
import { unpackSource } from './unpack-source.ts';
import type { UnpackOptions } from './unpack-source.ts';

const MAX_LINKS = 5;

/**
 * Gives the reader one layer of an image archive, and reads the archive no further. A layer that is a link to another
 * is looked for anew under the other's name. Answers whether it was there.
 */
export async function readLayerOfTar(
  open: () => AsyncIterable<Buffer>,
  layerPath: string,
  reader: LayerFileReader,
  options: UnpackOptions
): Promise<boolean> {
  let path = layerPath;
  for (let step = 0; step <= MAX_LINKS; step++) {
    const layer = new LayerOfTar(path, reader, options);
    await unpackSource(
      open(),
      options,
      () => (chunk) => layer.write(chunk),
      () => layer.isRead
    );
    if (layer.isRead) return true;
    layer.end();
    if (layer.linkTarget === null) return false;
    path = layer.linkTarget;
  }
  return false;
}

class LayerOfTar {
  isRead = false;
  linkTarget: string | null = null;
  readonly #path: string;
  readonly #reader: LayerFileReader;
  readonly #options: UnpackOptions;
  readonly #scanner: TarScanner;
  #busy: Promise<void> | undefined;

  constructor(path: string, reader: LayerFileReader, options: UnpackOptions) {
    this.#path = path;
    this.#reader = reader;
    this.#options = options;
    this.#scanner = new TarScanner(
      {
        onEntry: (entry) => (entry.path === this.#path && !this.isRead ? this.#open(entry) : undefined),
        onEntryEnd: ({ path: ended, type }) => {
          if (ended === this.#path && type === 'file') this.isRead = true;
        }
      },
      options.limits.tar
    );
  }

  write(chunk: Buffer): Promise<void> | undefined {
    try {
      this.#explained(() => this.#scanner.write(chunk));
    } catch (error) {
      // What comes after the layer is not asked for.
      if (!this.isRead) throw error;
    }
    const busy = this.#busy;
    this.#busy = undefined;
    return busy;
  }

  /** Throws archive-damaged where the archive was cut off before the layer. */
  end(): void {
    this.#explained(() => this.#scanner.end());
  }

  #explained(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw explainTarError(error, this.#options.name, this.#options.limits);
    }
  }

  #open({ path, type, linkTarget }: TarEntry): ((chunk: Buffer) => void) | undefined {
    if (type === 'hard-link') this.linkTarget = linkTarget;
    if (type === 'symlink') this.linkTarget = normalisePath(path.slice(0, path.lastIndexOf('/') + 1) + linkTarget);
    if (type !== 'file') return undefined;
    return (chunk) => {
      const wait = this.#reader.write(chunk);
      if (wait) this.#busy = this.#busy ? Promise.all([this.#busy, wait]).then(() => undefined) : wait;
    };
  }
}
