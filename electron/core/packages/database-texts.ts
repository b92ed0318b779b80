import type { UnreadDatabase } from '#contract/schema/comparison.ts';
import type { RequestedFile } from '../archive/layer-files-reader.ts';
import type { ImageFiles } from '../analysis/image-files.ts';
import type { FileRequests } from '../analysis/read-image-files.ts';

const MIB = 1024 ** 2;
/** More than any database has. */
const maxFileBytes = 64 * MIB;
const maxTotalBytes = 256 * MIB;

/** The content of the databases of all images, each once, limited in size. */
export class DatabaseTexts {
  readonly #chunks = new Map<string, Buffer[]>();
  readonly #requests: FileRequests;
  #totalBytes = 0;

  constructor(requests: FileRequests) {
    this.#requests = requests;
  }

  /**
   * Requests the content of a file of an image. Returns a function that gets it once it was read, or why it will not
   * be.
   */
  request(files: ImageFiles, node: number, diffIds: readonly string[]): RequestedText {
    const location = files.location(node);
    const diffId = diffIds[location?.layer ?? -1];
    if (!location || diffId === undefined) return { text: null, reason: 'damaged' };
    const key = `${diffId} ${location.path}`;
    const bytes = (): Buffer => Buffer.concat(this.#chunks.get(key) ?? []);
    const text = (): string => bytes().toString('utf8');
    if (this.#chunks.has(key)) return { bytes, text, reason: null };
    if (location.sizeBytes > maxFileBytes || this.#totalBytes + location.sizeBytes > maxTotalBytes) {
      return { text: null, reason: 'too-large' };
    }
    this.#totalBytes += location.sizeBytes;
    this.#chunks.set(key, []);
    this.#requests.add(diffId, location.path, () => this.#store(key));
    return { bytes, text, reason: null };
  }

  #store(key: string): RequestedFile {
    return {
      maxBytes: maxFileBytes,
      sink: {
        start: () => void this.#chunks.set(key, []),
        write: (chunk) => void this.#chunks.get(key)?.push(Buffer.from(chunk))
      }
    };
  }
}

export type RequestedText = ReadText | { text: null; reason: UnreadDatabase['reason'] };

export interface ReadText {
  bytes: () => Buffer;
  text: () => string;
  reason: null;
}
