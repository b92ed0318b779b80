/** The location of a tag's values. */
interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

const types = { int32: 4, text: 6, texts: 8 };
const prefixBytes = 8;
const entryBytes = 16;
/** rpm's own limits. */
const maxEntries = 0xffff;
/** More files than any package has. */
const maxTexts = 1_000_000;

/**
 * A header as stored in rpm's database: two numbers, an index of tags, and their values, all big-endian.
 * https://rpm-software-management.github.io/rpm/manual/format_header.html
 */
export class RpmHeader {
  readonly #data: Buffer;
  readonly #index: ReadonlyMap<number, Entry>;

  private constructor(data: Buffer, index: ReadonlyMap<number, Entry>) {
    this.#data = data;
    this.#index = index;
  }

  /** Null for invalid headers. If a tag is repeated, the first one counts. */
  static of(blob: Buffer): RpmHeader | null {
    if (blob.length < prefixBytes) return null;
    const entryCount = blob.readUInt32BE(0);
    const dataBytes = blob.readUInt32BE(4);
    const start = prefixBytes + entryCount * entryBytes;
    if (entryCount === 0 || entryCount > maxEntries || start + dataBytes !== blob.length) return null;
    const index = new Map<number, Entry>();
    for (let at = prefixBytes; at < start; at += entryBytes) {
      const tag = blob.readUInt32BE(at);
      const entry = {
        type: blob.readUInt32BE(at + 4),
        offset: blob.readUInt32BE(at + 8),
        count: blob.readUInt32BE(at + 12)
      };
      if (!index.has(tag)) index.set(tag, entry);
    }
    return new RpmHeader(blob.subarray(start), index);
  }

  has(tag: number): boolean {
    return this.#index.has(tag);
  }

  /** Null if the tag is missing, not text, or points outside of the header. */
  text(tag: number): string | null {
    const entry = this.#index.get(tag);
    return entry?.type === types.text ? (this.#textsAt(entry.offset, 1)?.[0] ?? null) : null;
  }

  /** The same for a list of texts. */
  texts(tag: number): string[] | null {
    const entry = this.#index.get(tag);
    return entry?.type === types.texts ? this.#textsAt(entry.offset, entry.count) : null;
  }

  /** The same for a list of 32-bit numbers. */
  numbers(tag: number): number[] | null {
    const entry = this.#index.get(tag);
    if (entry?.type !== types.int32 || entry.offset + entry.count * 4 > this.#data.length) return null;
    return Array.from({ length: entry.count }, (_, i) => this.#data.readUInt32BE(entry.offset + i * 4));
  }

  /** NUL-terminated strings. */
  #textsAt(offset: number, count: number): string[] | null {
    if (count > maxTexts) return null;
    const texts: string[] = [];
    for (let at = offset; texts.length < count;) {
      const end = at < this.#data.length ? this.#data.indexOf(0, at) : -1;
      if (end < 0) return null;
      texts.push(this.#data.toString('utf8', at, end));
      at = end + 1;
    }
    return texts;
  }
}
