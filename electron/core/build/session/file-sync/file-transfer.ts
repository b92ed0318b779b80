import { join } from 'node:path';
import { Cancelled } from '../../../util/app-error.ts';
import { readSizedFile } from '../../../context/read-sized-file.ts';
import { GrpcError, grpcStatus, type GrpcCall } from '../grpc-call.ts';
import { listFiles, type FileSelection } from './list-files.ts';
import { decodePacket, encodeDataHead, encodeStat, fin, listEnd, packetType, type Packet } from './packets.ts';
import { toFileStat } from './to-file-stat.ts';

/** Files read at once. More were no faster. */
const maxReads = 8;

interface ListedFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Sends one folder to the engine: first the list of its files; the engine requests the files that it lacks, also while the
 * list is still being sent. Ends when the engine has all files that it wants.
 */
export class FileTransfer {
  readonly #call: GrpcCall;
  readonly #selection: FileSelection;
  readonly #onSent: (sentBytes: number) => void;
  /** Aborted when the engine ends the call or the transfer fails; then nothing more is read. */
  readonly #stop = new AbortController();
  /** The files that the engine may request, each once. */
  readonly #listed = new Map<number, ListedFile>();
  readonly #requested: { id: number; file: ListedFile }[] = [];
  readonly #reading = new Set<Promise<void>>();

  constructor(call: GrpcCall, selection: FileSelection, onSent: (sentBytes: number) => void) {
    this.#call = call;
    this.#selection = selection;
    this.#onSent = onSent;
  }

  /**
   * Throws what listFiles and readSizedFile throw, GrpcError if the engine violates the protocol or reports an error, and
   * Cancelled if it ends the call. No file is open or being read when it returns or throws.
   */
  async run(): Promise<void> {
    const stop = (): void => this.#stop.abort();
    this.#call.signal.addEventListener('abort', stop, { once: true });
    let listing: Promise<void> = Promise.resolve();
    try {
      await new Promise<void>((resolve, reject) => {
        listing = this.#sendList();
        listing.catch(reject);
        const handle = (message: Buffer): void => {
          const packet = readPacket(message);
          if (packet.type === packetType.fin) resolve();
          else this.#handle(packet, reject);
        };
        this.#call.receive(handle).then(() => {
          reject(new GrpcError(grpcStatus.invalidArgument, 'the requests ended too early'));
        }, reject);
      });
      await this.#call.send(fin);
    } finally {
      stop();
      this.#call.signal.removeEventListener('abort', stop);
      await Promise.allSettled([listing, ...this.#reading]);
    }
  }

  async #sendList(): Promise<void> {
    const firstNames = new Map<string, string>();
    let id = 0;
    for await (const entry of listFiles(this.#selection, this.#stop.signal)) {
      const firstName = entry.inode === null ? null : (firstNames.get(entry.inode) ?? null);
      if (entry.inode !== null && firstName === null) firstNames.set(entry.inode, entry.path);
      if (entry.kind === 'file' && firstName === null) this.#listed.set(id, entry);
      id++;
      await this.#call.send(encodeStat(toFileStat(entry, firstName, process.platform)));
    }
    await this.#call.send(listEnd);
  }

  #handle({ type, id, data }: Packet, fail: (thrown: unknown) => void): void {
    if (type === packetType.error) {
      throw new GrpcError(grpcStatus.unknown, `error from receiver: ${Buffer.from(data).toString('utf8')}`);
    }
    const file = this.#listed.get(id);
    if (type !== packetType.request || file === undefined) {
      throw new GrpcError(grpcStatus.invalidArgument, `invalid request for file ${id}`);
    }
    this.#listed.delete(id);
    this.#requested.push({ id, file });
    this.#readNext(fail);
  }

  #readNext(fail: (thrown: unknown) => void): void {
    if (this.#stop.signal.aborted || this.#reading.size >= maxReads) return;
    const next = this.#requested.shift();
    if (next === undefined) return;
    const reading = this.#sendFile(next.id, next.file).then(() => {
      this.#reading.delete(reading);
      this.#readNext(fail);
    });
    this.#reading.add(reading);
    reading.catch(fail);
  }

  async #sendFile(id: number, { path, sizeBytes }: ListedFile): Promise<void> {
    const file = { path: join(this.#selection.root, path), name: path, sizeBytes };
    if (sizeBytes > 0) {
      await readSizedFile(file, (chunk) => {
        if (this.#stop.signal.aborted) throw new Cancelled();
        this.#onSent(chunk.length);
        return this.#call.send(encodeDataHead(id, chunk.length), chunk);
      });
    }
    await this.#call.send(encodeDataHead(id, 0));
  }
}

function readPacket(message: Buffer): Packet {
  try {
    return decodePacket(message);
  } catch {
    throw new GrpcError(grpcStatus.invalidArgument, 'not a packet');
  }
}
