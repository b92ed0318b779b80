import { Readable } from 'node:stream';
import { pack, type Pack } from 'tar-stream';
import { AppError, Cancelled } from '../util/app-error.ts';
import { loadFile, readChunks, type LoadedFile } from './load-file.ts';
import { walkContext, type ContextOptions } from './walk-context.ts';
import type { ContextEntry, ContextFinding } from './walk-folder.ts';

export interface PackOptions extends ContextOptions {
  /** Bytes of tar handed on so far. */
  onProgress?: ((sentBytes: number) => void) | undefined;
  /** A socket, pipe or device that was left out. */
  onSkipped?: ((path: string) => void) | undefined;
}

type Header = Parameters<Pack['entry']>[0];
type Sink = ReturnType<Pack['entry']>;

/** Small files read ahead of the one that is packed. */
const prefetchCount = 24;
const chunkBytes = 128 * 1024;

/**
 * A build's context as a plain tar, owned by 0:0 as the docker CLI sends it, packed as it is read and no further than
 * its reader takes it. (Compressing it would take longer than sending it.)
 * Throws what walkContext throws at its start. From then on the tar is whole, or the stream fails: with file-unreadable,
 * with context-file-changed for a file that became shorter (of one that grew the earlier size is packed), with
 * folder-too-large, or with Cancelled.
 */
export async function packContext(options: PackOptions): Promise<Readable> {
  const walk = await walkContext(options);
  const tar = pack();
  const stream = Readable.from(gather(tar, options.onProgress), { objectMode: false, highWaterMark: chunkBytes });
  const stop = (): void => void stream.destroy(new Cancelled());
  stream.once('close', () => {
    options.signal?.removeEventListener('abort', stop);
    tar.destroy();
  });
  // Errors reach the stream's reader, who may have stopped listening by then; those of the parts are the same ones.
  stream.on('error', () => undefined);
  tar.on('error', () => undefined);
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  fill(tar, walk, options).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return stream;
}

/** The tar in pieces worth sending; tar-stream itself hands on every header and padding alone. */
async function* gather(tar: Pack, onProgress?: (sentBytes: number) => void): AsyncGenerator<Buffer> {
  let buffered: Buffer[] = [];
  let bufferedBytes = 0;
  let sentBytes = 0;
  const flush = (): Buffer => {
    const piece = Buffer.concat(buffered);
    buffered = [];
    bufferedBytes = 0;
    sentBytes += piece.length;
    onProgress?.(sentBytes);
    return piece;
  };
  for await (const chunk of tar as AsyncIterable<Buffer>) {
    buffered.push(chunk);
    bufferedBytes += chunk.length;
    if (bufferedBytes >= chunkBytes) yield flush();
  }
  if (bufferedBytes > 0) yield flush();
}

async function fill(tar: Pack, walk: AsyncIterable<ContextFinding>, options: PackOptions): Promise<void> {
  for await (const { finding, loading } of prefetchFiles(walk, options.root)) {
    const loaded = await loading;
    switch (finding.kind) {
      case 'entry':
        await add(tar, finding.entry, loaded);
        break;
      case 'unreadable':
        throw new AppError('file-unreadable', { file: finding.path, detail: finding.detail });
      case 'skipped':
        options.onSkipped?.(finding.path);
        break;
      case 'ignored':
        break;
    }
  }
  tar.finalize();
}

interface Prefetched {
  finding: ContextFinding;
  loading: Promise<LoadedFile | undefined>;
}

/** The walk's findings in their order, the files among them already being read. Closes what nobody took. */
async function* prefetchFiles(walk: AsyncIterable<ContextFinding>, root: string): AsyncGenerator<Prefetched> {
  const queue: Prefetched[] = [];
  try {
    for await (const finding of walk) {
      const loading =
        finding.kind === 'entry' && finding.entry.kind === 'file'
          ? loadFile(root, finding.entry.path)
          : Promise.resolve(undefined);
      // A failure is met when its turn comes; until then it is no unhandled one.
      loading.catch(() => undefined);
      queue.push({ finding, loading });
      if (queue.length <= prefetchCount) continue;
      const first = queue.shift();
      if (first) yield first;
    }
    for (let first = queue.shift(); first; first = queue.shift()) yield first;
  } finally {
    for (const { loading } of queue) {
      const loaded = await loading.catch(() => undefined);
      if (loaded && 'handle' in loaded) await loaded.handle.close();
    }
  }
}

async function add(tar: Pack, entry: ContextEntry, loaded: LoadedFile | undefined): Promise<void> {
  const header = headerOf(entry);
  if (entry.kind === 'folder') await addBuffered(tar, { ...header, name: `${entry.path}/`, type: 'directory' });
  else if (entry.kind === 'symlink') await addBuffered(tar, { ...header, type: 'symlink', linkname: entry.target });
  else if (loaded && 'bytes' in loaded) await addBuffered(tar, { ...header, type: 'file' }, loaded.bytes);
  else if (loaded) await addLarge(tar, { ...header, type: 'file', size: loaded.sizeBytes }, loaded);
}

function headerOf({ path, mode, modifiedNs }: ContextEntry): Header {
  // The header's field is 32 bits of seconds in tar-stream; times outside are as good as its ends.
  const seconds = Math.min(Math.max(Number(modifiedNs / 1_000_000_000n), 0), 0x7fffffff);
  return { name: path, mode, uid: 0, gid: 0, mtime: new Date(seconds * 1000) };
}

function addBuffered(tar: Pack, header: Header, bytes: Buffer = Buffer.alloc(0)): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    tar.entry({ ...header, size: bytes.length }, bytes, done).on('error', () => undefined);
  });
}

async function addLarge(tar: Pack, header: Header, { handle, sizeBytes }: LargeFile): Promise<void> {
  let end: (error?: Error | null) => void = () => undefined;
  const added = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  added.catch(() => undefined);
  try {
    const sink = tar.entry(header, end);
    sink.on('error', () => undefined);
    for await (const chunk of readChunks(handle, header.name, sizeBytes)) await write(sink, chunk);
    sink.end(undefined);
    await added;
  } finally {
    await handle.close();
  }
}

type LargeFile = Extract<LoadedFile, { handle: unknown }>;

/** Resolves when the reader has room for more, rejects when it has gone. */
function write(sink: Sink, chunk: Buffer): Promise<void> {
  if (sink.write(chunk)) return Promise.resolve();
  if (sink.destroying) return Promise.reject(new Cancelled());
  return new Promise((resolve, reject) => {
    const drained = (): void => {
      sink.off('close', closed);
      resolve();
    };
    const closed = (): void => {
      sink.off('drain', drained);
      reject(new Cancelled());
    };
    sink.once('drain', drained);
    sink.once('close', closed);
  });
}
