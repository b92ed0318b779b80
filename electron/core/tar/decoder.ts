import { AppError } from '../util/app-error.ts';
import type { ErrorReason } from '#contract/schema/error-reason.ts';

/** Takes compressed bytes and passes uncompressed ones on, as they come. */
export interface Decoder {
  /** Answers what to wait for before more is written or the chunk is changed, if anything. */
  write(chunk: Buffer): Promise<void> | undefined;
  /** Resolves once all that was written has been passed on. */
  end(): Promise<void>;
  /** Gives up: nothing more is passed on. */
  close(): void;
}

/** Answers what to wait for before it is given more, if anything. */
export type OnData = (chunk: Buffer) => Promise<void> | undefined;

/** Counted by the decoder, and checked as data is passed on. */
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

/** What a decoder reports about a file as the error that names its entry. */
export function toDamagedError(entry: string, cause: unknown): AppError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const detail = cause instanceof FormatError ? cause.reason : message;
  return new AppError('archive-damaged', { entry, detail }, { cause });
}
