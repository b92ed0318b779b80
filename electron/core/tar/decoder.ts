import { AppError } from '../util/app-error.ts';

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

/** What a library says of a file as the error that names its entry. */
export function toDamagedError(entry: string, cause: unknown): AppError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AppError('archive-damaged', { entry, detail }, { cause });
}
