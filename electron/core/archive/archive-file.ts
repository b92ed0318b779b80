import { readSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, Cancelled } from '../util/app-error.ts';
import { errorDetail } from '../util/error-code.ts';
import type { ByteHasher } from '../oci/byte-hasher.ts';
import { hashInPlace } from '../oci/byte-hasher.ts';
import type { HashThreads } from './hash-threads.ts';

type FileStat = Pick<BigIntStats, 'size' | 'mtimeNs'>;

const CHUNK_BYTES = 1 << 19;
/** Yields to the event loop after this many chunks, so that a cancellation is noticed. */
const CHUNKS_PER_TURN = 16;
/** Smaller parts are hashed faster than they can be sent to a thread. */
const MIN_THREAD_BYTES = 1 << 20;

/** A file that is read once, from start to end, and hashed by threads that read the same parts. */
export class ArchiveFile {
  readonly sizeBytes: number;
  readonly #name: string;
  readonly #file: FileHandle;
  readonly #writtenNs: bigint;
  readonly #threads: HashThreads;
  readonly #position = new BigInt64Array(new SharedArrayBuffer(8));

  private constructor(name: string, file: FileHandle, stat: FileStat, threads: HashThreads) {
    this.sizeBytes = Number(stat.size);
    this.#name = name;
    this.#file = file;
    this.#writtenNs = stat.mtimeNs;
    this.#threads = threads;
  }

  /** Throws archive-unreadable. */
  static async open(path: string, threads: HashThreads): Promise<ArchiveFile> {
    const name = basename(path);
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'r');
      return new ArchiveFile(name, file, await file.stat({ bigint: true }), threads);
    } catch (error) {
      await file?.close();
      throw unreadable(name, error);
    }
  }

  /** The bytes; a chunk is valid until the next is requested. Throws archive-unreadable, Cancelled. */
  async *chunks(signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
    const { fd } = this.#file;
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    let at = 0;
    for (let turn = 1; ; turn++) {
      if (turn % CHUNKS_PER_TURN === 0) await new Promise(setImmediate);
      if (signal.aborted) throw new Cancelled();
      // For a file in the page cache, the thread pool costs more time than reading.
      // Only up to the initial size: a growing file would never end.
      const lengthBytes = Math.min(CHUNK_BYTES, this.sizeBytes - at);
      const bytes = this.#mapErrors(() => readSync(fd, buffer, 0, lengthBytes, at));
      if (bytes === 0) return;
      at += bytes;
      Atomics.store(this.#position, 0, BigInt(at));
      Atomics.notify(this.#position, 0);
      yield buffer.subarray(0, bytes);
    }
  }

  /** Hashes a part of the file in another thread if it is large enough. */
  readonly openHasher = (offset: number, sizeBytes: number): ByteHasher => {
    if (sizeBytes < MIN_THREAD_BYTES) return hashInPlace();
    const readBytes = this.#position.buffer;
    const hashing = this.#threads.hash({ fd: this.#file.fd, offset, sizeBytes, readBytes });
    hashing.catch(() => undefined);
    return {
      update: () => undefined,
      digest: async () => {
        const digest = await hashing;
        if (digest === null) throw this.#changed();
        return digest;
      }
    };
  };

  /**
   * Throws archive-unreadable if the file was modified since it was opened: then the hashed bytes may differ from those
   * read.
   */
  async checkUnchanged(): Promise<void> {
    const { size, mtimeNs } = await this.#file.stat({ bigint: true });
    if (Number(size) !== this.sizeBytes || mtimeNs !== this.#writtenNs) throw this.#changed();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #changed(): AppError {
    return new AppError('archive-unreadable', { archive: this.#name, detail: { reason: 'changed-while-reading' } });
  }

  #mapErrors<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw unreadable(this.#name, error);
    }
  }
}

function unreadable(archive: string, error: unknown): AppError {
  return new AppError('archive-unreadable', { archive, detail: errorDetail(error) }, { cause: error });
}
