import {
  decodeName,
  hasValidChecksum,
  hasValidChecksumInWords,
  isZeroBlock,
  readNumber,
  readPaxRecords,
  readText,
  wordsOf
} from './tar-fields.ts';
import { TarError, entryTypeOf, normalizePath, tarLimits } from './tar-entry.ts';
import type { TarEntry, TarEntryType, TarLimits } from './tar-entry.ts';

/** Receives the bytes of one entry, as views of the input chunks; they must be copied to be kept. */
export type BodySink = (chunk: Buffer) => void;

export interface TarSink {
  /** Called after an entry's header; returns the consumer of its bytes, which start at `offset` of the tar. */
  onEntry(entry: TarEntry, storedBytes: number, offset: number): BodySink | undefined;
  /** Called after the last byte of the entry. */
  onEntryEnd?(entry: TarEntry): void;
}

const BLOCK = 512;
const XATTR = 'SCHILY.xattr.';

/**
 * Scans tars passed in chunks of any size, without copying files' content: ustar, pax (x, g), GNU long names and links,
 * base-256 numbers, and the size and name of GNU's sparse files. Throws TarError.
 */
export class TarScanner {
  entryCount = 0;
  readonly #sink: TarSink;
  readonly #limits: TarLimits;
  readonly #partial = Buffer.alloc(BLOCK);
  #partialBytes = 0;
  /** The current chunk, as words. */
  #words: Uint32Array | null = null;
  /** Offsets in the tar: the start of the current chunk, and the end of the last header. */
  #chunkOffset = 0;
  #bodyOffset = 0;
  #bodyLeft = 0;
  #padding = 0;
  #body: BodySink | undefined;
  #entry: TarEntry | undefined;
  #lastPath = '';
  #meta: { flag: number; parts: Buffer[] } | undefined;
  #pax = new Map<string, Buffer>();
  #globalPax = new Map<string, Buffer>();
  #longName = '';
  #longLink = '';
  /** Remaining bytes of a file whose sparse map continues in extra blocks, after which they start. */
  #sparseBytes: number | null = null;
  #zeroBlocks = 0;

  constructor(sink: TarSink, limits: TarLimits = tarLimits) {
    this.#sink = sink;
    this.#limits = limits;
  }

  /** Whether the two blocks of zeros that end a tar were read: what follows is ignored. */
  get hasEnded(): boolean {
    return this.#zeroBlocks >= 2;
  }

  write(chunk: Buffer): void {
    this.#words = wordsOf(chunk);
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) at += this.#consumeBody(chunk, at);
      else if (this.#padding > 0) {
        const consumed = Math.min(this.#padding, chunk.length - at);
        this.#padding -= consumed;
        at += consumed;
      } else if (this.hasEnded) return;
      else at += this.#consumeBlock(chunk, at);
    }
    this.#chunkOffset += chunk.length;
  }

  /** Call at the end of the input; throws if the tar is truncated. umoci writes neither the last padding nor an end. */
  end(): void {
    const open = this.#bodyLeft > 0 || this.#partialBytes > 0 || this.#meta !== undefined || this.#sparseBytes !== null;
    const promised = this.#pax.size > 0 || this.#longName !== '' || this.#longLink !== '';
    if (open || promised) throw new TarError('tar-cut-short', this.#lastPath);
  }

  #consumeBody(chunk: Buffer, at: number): number {
    const consumed = Math.min(this.#bodyLeft, chunk.length - at);
    if (this.#meta) this.#meta.parts.push(Buffer.from(chunk.subarray(at, at + consumed)));
    else this.#body?.(chunk.subarray(at, at + consumed));
    this.#bodyLeft -= consumed;
    if (this.#bodyLeft === 0) this.#endBody();
    return consumed;
  }

  #consumeBlock(chunk: Buffer, at: number): number {
    if (this.#partialBytes === 0 && chunk.length - at >= BLOCK) {
      this.#bodyOffset = this.#chunkOffset + at + BLOCK;
      this.#block(chunk, at, this.#words);
      return BLOCK;
    }
    const consumed = Math.min(BLOCK - this.#partialBytes, chunk.length - at);
    chunk.copy(this.#partial, this.#partialBytes, at, at + consumed);
    this.#partialBytes += consumed;
    if (this.#partialBytes === BLOCK) {
      this.#bodyOffset = this.#chunkOffset + at + consumed;
      this.#partialBytes = 0;
      this.#block(this.#partial, 0, null);
    }
    return consumed;
  }

  /** Reads the block at offset `at` of the buffer; `words` are the buffer's own. */
  #block(block: Buffer, at: number, words: Uint32Array | null): void {
    if (this.#sparseBytes !== null) {
      if (block[at + 504] !== 1) this.#startBody(this.#sparseBytes);
      return;
    }
    if (block[at] === 0 && isZeroBlock(block, at)) {
      this.#zeroBlocks++;
      return;
    }
    if (this.#zeroBlocks > 0) throw new TarError('tar-data-after-end', this.#lastPath);
    const valid = words && at % 4 === 0 ? hasValidChecksumInWords(words, block, at) : hasValidChecksum(block, at);
    if (!valid) throw new TarError('tar-checksum-wrong', this.#lastPath);
    const flag = block[at + 156] ?? 0;
    if (flag === 0x78 || flag === 0x67 || flag === 0x4c || flag === 0x4b) this.#startMeta(block, at, flag);
    else this.#startEntry(block, at, flag);
  }

  /** x and g: pax records of the next entry and of all; L and K: GNU's long name and link. */
  #startMeta(block: Buffer, at: number, flag: number): void {
    const size = this.#checkedSize(readNumber(block, at + 124, 12));
    if (size > this.#limits.maxHeaderBytes) {
      throw new TarError('maxHeaderBytes', this.#lastPath);
    }
    this.#meta = { flag, parts: [] };
    this.#startBody(size);
  }

  #startEntry(block: Buffer, at: number, flag: number): void {
    if (++this.entryCount > this.#limits.maxEntries) {
      throw new TarError('maxEntries', this.#lastPath);
    }
    const name = this.#text('GNU.sparse.name') ?? this.#text('path') ?? (this.#longName || nameOf(block, at));
    const path = this.#checkedPath(name);
    this.#lastPath = path;
    // Before POSIX a directory was a file whose name ends with a slash.
    const type: TarEntryType = flag === 0 && name.endsWith('/') ? 'folder' : entryTypeOf(flag);
    const stored = this.#checkedSize(this.#number('size') ?? readNumber(block, at + 124, 12));
    const hasBody = type === 'file' || type === 'other';
    this.#entry = {
      path,
      type,
      sizeBytes: type === 'file' ? this.#realSize(block, at, flag, stored) : 0,
      mode: readNumber(block, at + 100, 8) & 0o7777,
      uid: clampId(this.#number('uid') ?? readNumber(block, at + 108, 8)),
      gid: clampId(this.#number('gid') ?? readNumber(block, at + 116, 8)),
      mtimeSeconds: orZero(this.#number('mtime') ?? readNumber(block, at + 136, 12)),
      linkTarget: this.#linkTarget(block, at, type),
      xattrs: this.#xattrs()
    };
    if (this.#pax.size > 0) this.#pax = new Map();
    this.#longName = '';
    this.#longLink = '';
    const bodyBytes = hasBody ? stored : 0;
    if (flag === 0x53 && block[at + 482] === 1) this.#sparseBytes = bodyBytes;
    else this.#startBody(bodyBytes);
  }

  #startBody(size: number): void {
    this.#sparseBytes = null;
    this.#bodyLeft = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (this.#entry) this.#body = this.#sink.onEntry(this.#entry, size, this.#bodyOffset);
    if (size === 0) this.#endBody();
  }

  #endBody(): void {
    const { parts, flag } = this.#meta ?? { parts: [], flag: 0 };
    if (this.#meta) {
      this.#meta = undefined;
      this.#readMeta(Buffer.concat(parts), flag);
      return;
    }
    const entry = this.#entry;
    this.#entry = undefined;
    this.#body = undefined;
    if (entry) this.#sink.onEntryEnd?.(entry);
  }

  #readMeta(data: Buffer, flag: number): void {
    if (flag === 0x4c) this.#longName = readText(data, 0, data.length);
    else if (flag === 0x4b) this.#longLink = readText(data, 0, data.length);
    else {
      const records = readPaxRecords(data);
      if (!records) throw new TarError('tar-pax-invalid', this.#lastPath);
      if (flag === 0x78) this.#pax = records;
      else for (const [key, value] of records) this.#globalPax.set(key, value);
    }
  }

  #record(key: string): Buffer | undefined {
    if (this.#pax.size === 0 && this.#globalPax.size === 0) return undefined;
    const value = this.#pax.get(key) ?? this.#globalPax.get(key);
    return value && value.length > 0 ? value : undefined;
  }

  #text(key: string): string | undefined {
    const value = this.#record(key);
    return value && decodeName(value);
  }

  #number(key: string): number | undefined {
    const value = this.#record(key);
    if (!value) return undefined;
    const text = value.toString('latin1');
    return /^-?\d{1,20}(\.\d*)?$/.test(text) ? Number(text) : Number.NaN;
  }

  #realSize(block: Buffer, at: number, flag: number, stored: number): number {
    const declared = flag === 0x53 ? readNumber(block, at + 483, 12) : this.#number('GNU.sparse.realsize');
    return this.#checkedSize(declared ?? this.#number('GNU.sparse.size') ?? stored);
  }

  #linkTarget(block: Buffer, at: number, type: TarEntryType): string {
    if (type !== 'hard-link' && type !== 'symlink') return '';
    const target = this.#text('linkpath') ?? (this.#longLink || readText(block, at + 157, 100));
    if (target.length > this.#limits.maxNameBytes) {
      throw new TarError('maxNameBytes', this.#lastPath);
    }
    // Docker 20.10 leaves stale link names in some headers, so a dangling hard link is not an error.
    return type === 'symlink' ? target : (normalizePath(target) ?? '');
  }

  #xattrs(): ReadonlyMap<string, Buffer> | null {
    if (this.#pax.size === 0) return null;
    let found: Map<string, Buffer> | null = null;
    for (const [key, value] of this.#pax) {
      if (key.startsWith(XATTR)) (found ??= new Map<string, Buffer>()).set(key.slice(XATTR.length), value);
    }
    return found;
  }

  #checkedSize(size: number): number {
    if (!Number.isSafeInteger(size) || size < 0) throw new TarError('tar-size-invalid', this.#lastPath);
    return size;
  }

  #checkedPath(name: string): string {
    const shown = name.slice(0, 500);
    if (name.length > this.#limits.maxNameBytes) throw new TarError('maxNameBytes', shown);
    if (name.includes('\0')) throw new TarError('tar-name-invalid', shown);
    const path = normalizePath(name);
    if (path === null) throw new TarError('tar-path-outside', shown);
    let depth = 1;
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth++;
    if (depth > this.#limits.maxDepth) throw new TarError('maxDepth', shown);
    return path;
  }
}

/**
 * The name in the header itself; POSIX stores the start of a long one in the prefix field, which GNU uses differently.
 */
function nameOf(block: Buffer, at: number): string {
  const name = readText(block, at, 100);
  if (block[at + 345] === 0 || block.toString('latin1', at + 257, at + 263) !== 'ustar\0') return name;
  return `${readText(block, at + 345, 155)}/${name}`;
}

function orZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function clampId(value: number): number {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff ? value : 0;
}
