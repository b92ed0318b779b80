import * as xzDecompress from 'xz-decompress';
import { FormatError, UnsupportedError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';
import { sequentialDecoder } from './sequential-decoder.ts';

/**
 * The library's WebAssembly: XZ Embedded. Its own stream class is not used, as it reads one file at a time, so that a
 * compressed layer in a compressed archive would wait forever, and as it accepts a file without its end.
 */
interface XzModule {
  /** Its buffer is another one after it has grown. */
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context: () => number;
  destroy_context: (context: number) => void;
  /** No bytes mean the end of the file. */
  supply_input: (context: number, bytes: number) => void;
  get_next_output: (context: number) => number;
}

/** Node finds no names in this CommonJS package, and bundlers make no default of it. */
const { default: exported } = xzDecompress as { default?: typeof xzDecompress };
const library = (exported ?? xzDecompress).XzReadableStream as unknown as {
  /** Creates an instance: the memory of one that is no longer used is freed. */
  _getModuleInstance: () => Promise<void>;
  _moduleInstance: { exports: XzModule };
};

/** `enum xz_ret`: https://github.com/tukaani-project/xz-embedded/blob/main/linux/include/linux/xz.h */
const result = { ok: 0, streamEnd: 1, unsupportedCheck: 2, memory: 3, memoryLimit: 4, options: 6, noProgress: 8 };

/** The fields of a context, as 32-bit words: the size of both buffers, then input and output with their positions. */
const field = { bufferBytes: 0, input: 1, inputAt: 2, inputBytes: 3, output: 4, outputBytes: 5 };

/** One file that is decompressed, with a dictionary of up to 64 MiB, as "xz -9" needs it. */
class XzFile {
  readonly #module: XzModule;
  readonly #context: number;

  private constructor(module: XzModule) {
    this.#module = module;
    this.#context = module.create_context();
  }

  static async open(): Promise<XzFile> {
    await library._getModuleInstance();
    return new XzFile(library._moduleInstance.exports);
  }

  get bufferBytes(): number {
    return this.#word(field.bufferBytes);
  }

  get isInputRead(): boolean {
    return this.#word(field.inputAt) === this.#word(field.inputBytes);
  }

  /** At most `bufferBytes`; none for the end of the file. */
  supply(bytes: Buffer): void {
    new Uint8Array(this.#module.memory.buffer).set(bytes, this.#word(field.input));
    this.#module.supply_input(this.#context, bytes.length);
  }

  /** The next output, which may be empty, and whether there is more for the same input. */
  next(): { bytes: Buffer; isFull: boolean; isEnd: boolean } {
    const code = this.#module.get_next_output(this.#context);
    if (code !== result.ok && code !== result.streamEnd) throw errorOf(code);
    const size = this.#word(field.outputBytes);
    const start = this.#word(field.output);
    const bytes = Buffer.from(new Uint8Array(this.#module.memory.buffer, start, size));
    new Uint32Array(this.#module.memory.buffer, this.#context)[field.outputBytes] = 0;
    return { bytes, isFull: size === this.bufferBytes, isEnd: code === result.streamEnd };
  }

  close(): void {
    this.#module.destroy_context(this.#context);
  }

  #word(index: number): number {
    return new Uint32Array(this.#module.memory.buffer, this.#context)[index] ?? 0;
  }
}

function errorOf(code: number): Error {
  if (code === result.memoryLimit || code === result.memory) return new UnsupportedError('xz-dictionary');
  if (code === result.options || code === result.unsupportedCheck) return new UnsupportedError('xz-options');
  return new FormatError({ reason: code === result.noProgress ? 'compressed-cut-short' : 'xz-invalid' });
}

/** A decoder of xz files, of several streams too: https://tukaani.org/xz/xz-file-format.txt */
export function xzDecoder(onData: OnData, counts: ByteCounts, entry: string): Decoder {
  return sequentialDecoder(onData, counts, entry, (output) => {
    let file: XzFile | undefined;
    const passOn = async (opened: XzFile): Promise<boolean> => {
      for (;;) {
        const { bytes, isFull, isEnd } = opened.next();
        output.write(bytes);
        await output.accepted();
        if (isEnd || (!isFull && opened.isInputRead)) return isEnd;
      }
    };
    return {
      async write(chunk) {
        file ??= await XzFile.open();
        for (let at = 0; at < chunk.length; at += file.bufferBytes) {
          file.supply(chunk.subarray(at, at + file.bufferBytes));
          await passOn(file);
        }
      },
      async end() {
        file ??= await XzFile.open();
        file.supply(Buffer.alloc(0));
        if (!(await passOn(file))) throw new FormatError({ reason: 'compressed-cut-short' });
      },
      close: () => file?.close()
    };
  });
}
