import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError, Cancelled } from '../util/app-error.ts';

/** A part of an open file. */
export interface HashJob {
  fd: number;
  offset: number;
  sizeBytes: number;
  /** One BigInt64: the number of bytes read so far, from the start. No thread reads beyond it. */
  readBytes: SharedArrayBuffer;
}

/** Hashing is most of the work of reading an image; with more threads than a disk can feed, they would only wait. */
const MAX_THREADS = Math.min(availableParallelism(), 4);

/**
 * Threads that compute the sha256 of parts of files while another thread reads the same parts: they follow it, so that
 * the bytes come from the page cache, and the disk is read once. They are started when needed.
 */
export class HashThreads {
  readonly #threads: HashThread[] = [];
  #closed = false;

  /** "sha256:..."; null if the file ended before the part. Throws worker-died; Cancelled after `close`. */
  hash(job: HashJob): Promise<string | null> {
    if (this.#closed) return Promise.reject(new Cancelled());
    return this.#leastBusy().hash(job);
  }

  /** Resolves when no thread is reading. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #leastBusy(): HashThread {
    const [first] = [...this.#threads].sort((a, b) => a.pendingBytes - b.pendingBytes);
    if (first && (first.pendingBytes === 0 || this.#threads.length >= MAX_THREADS)) return first;
    const thread = new HashThread();
    this.#threads.push(thread);
    return thread;
  }
}

interface PendingHash {
  sizeBytes: number;
  resolve: (digest: string | null) => void;
  reject: (error: Error) => void;
}

/** One thread, which runs one job after the other. */
class HashThread {
  readonly #worker = new Worker(PROGRAM, { eval: true, execArgv: [] });
  readonly #pending: PendingHash[] = [];
  #failure: Error | null = null;

  constructor() {
    this.#worker.on('message', (digest: string | null) => this.#pending.shift()?.resolve(digest));
    this.#worker.on('error', (error) => this.#fail(new AppError('worker-died', {}, { cause: error })));
    this.#worker.on('exit', () => this.#fail(new AppError('worker-died', {})));
  }

  get pendingBytes(): number {
    return this.#pending.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  hash(job: HashJob): Promise<string | null> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#worker.postMessage(job);
    return new Promise((resolve, reject) => this.#pending.push({ sizeBytes: job.sizeBytes, resolve, reject }));
  }

  async close(): Promise<void> {
    this.#fail(new Cancelled());
    await this.#worker.terminate();
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}

/**
 * The code of a thread, as text: a separate file would have a different path in each bundle, in Electron and in the
 * tests.
 */
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const { readSync } = require('node:fs');
const chunk = Buffer.allocUnsafeSlow(1 << 18);

parentPort.on('message', ({ fd, offset, sizeBytes, readBytes }) => {
  const position = new BigInt64Array(readBytes);
  const hash = createHash('sha256');
  let at = offset;
  while (at < offset + sizeBytes) {
    const ready = Number(Atomics.load(position, 0));
    if (ready <= at) {
      Atomics.wait(position, 0, BigInt(ready), 1000);
      continue;
    }
    const bytes = readSync(fd, chunk, 0, Math.min(chunk.length, ready - at, offset + sizeBytes - at), at);
    if (bytes === 0) return parentPort.postMessage(null);
    hash.update(chunk.subarray(0, bytes));
    at += bytes;
  }
  parentPort.postMessage('sha256:' + hash.digest('hex'));
});
`;
