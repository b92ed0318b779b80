import { AppError } from '../util/app-error.ts';
import type { UnsupportedFormat } from '#contract/domain/unsupported-formats.ts';
import type { ErrorReason } from '#contract/schema/error-reason.ts';

/** Decompresses chunks, passing uncompressed chunks on. */
export interface Decoder {
  /** Returns a promise to await before the next write, or before the chunk is modified, if needed. */
  write(chunk: Buffer): Promise<void> | undefined;
  /** Resolves once all output has been passed on. */
  end(): Promise<void>;
  /** Cancels: no more output is passed on. */
  close(): void;
}

/** Receives uncompressed chunks. May return a promise to await before the next one. */
export type OnData = (chunk: Buffer) => Promise<void> | undefined;

/** Counted by the decoder, and checked for each chunk of output. */
export interface ByteCounts {
  compressedBytes: number;
  uncompressedBytes: number;
}

/** Compressed data that is not valid, for a reason found here instead of by a library. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly reason: ErrorReason;

  constructor(reason: ErrorReason) {
    super(reason.reason);
    this.reason = reason;
  }
}

/** Compressed data that may be valid, but needs what is not supported here. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  readonly format: UnsupportedFormat;

  constructor(format: UnsupportedFormat) {
    super(format);
    this.format = format;
  }
}

/** Converts a decoder's error about a file to one that names its entry: archive-damaged, or archive-unsupported. */
export function toDecoderError(entry: string, cause: unknown): AppError {
  if (cause instanceof UnsupportedError) {
    return new AppError('archive-unsupported', { entry: entry.slice(0, 1000), format: cause.format }, { cause });
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  const detail = cause instanceof FormatError ? cause.reason : message;
  return new AppError('archive-damaged', { entry, detail }, { cause });
}
