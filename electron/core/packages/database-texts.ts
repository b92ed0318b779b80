import type { UnreadDatabase } from '#contract/schema/comparison.ts';
import type { WantedFile } from '../archive/layer-files-reader.ts';
import type { ImageFiles } from '../analysis/image-files.ts';
import type { FileWants } from '../analysis/read-files-of-images.ts';

const MIB = 1024 ** 2;
/** Far more than any database has. */
const maxFileBytes = 64 * MIB;
const maxTotalBytes = 256 * MIB;

/** The content of databases of all images, each once, within bounds. */
export class DatabaseTexts {
  readonly #chunks = new Map<string, Buffer[]>();
  readonly #wants: FileWants;
  #totalBytes = 0;

  constructor(wants: FileWants) {
    this.#wants = wants;
  }

  /** Wants the content of a file of an image. Answers how to get it once it was read, or why it will not be. */
  want(files: ImageFiles, node: number, diffIds: readonly string[]): WantedText {
    const place = files.place(node);
    const diffId = diffIds[place?.layer ?? -1];
    if (!place || diffId === undefined) return { text: null, reason: 'damaged' };
    const key = `${diffId} ${place.path}`;
    const bytes = (): Buffer => Buffer.concat(this.#chunks.get(key) ?? []);
    const text = (): string => bytes().toString('utf8');
    if (this.#chunks.has(key)) return { bytes, text, reason: null };
    if (place.sizeBytes > maxFileBytes || this.#totalBytes + place.sizeBytes > maxTotalBytes) {
      return { text: null, reason: 'too-large' };
    }
    this.#totalBytes += place.sizeBytes;
    this.#chunks.set(key, []);
    this.#wants.add(diffId, place.path, () => this.#keep(key));
    return { bytes, text, reason: null };
  }

  #keep(key: string): WantedFile {
    return {
      maxBytes: maxFileBytes,
      sink: {
        start: () => void this.#chunks.set(key, []),
        write: (chunk) => void this.#chunks.get(key)?.push(Buffer.from(chunk))
      }
    };
  }
}

export type WantedText = ReadText | { text: null; reason: UnreadDatabase['reason'] };

export interface ReadText {
  bytes: () => Buffer;
  text: () => string;
  reason: null;
}
