import { toDecoderError } from './decoder.ts';
import type { ByteCounts, Decoder, OnData } from './decoder.ts';

/** The output of a decoder's steps. */
export interface DecoderOutput {
  /** Passes uncompressed bytes on. They are not copied. */
  write(bytes: Buffer): void;
  /** Resolves once the reader accepts more; gives other work a turn now and then. */
  accepted(): Promise<void>;
}

/** A decompressor that is called from one place at a time. Thrown errors are about the data. */
export interface DecoderSteps {
  /** The chunk is valid until the promise resolves. */
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
  /** Frees memory; called once, after everything else. */
  close?(): void;
}

/** A decoder that is busy this long in a row delays cancelling, and whatever else the thread does. */
const MAX_BYTES_PER_TURN = 1 << 22;

/** Decodes one write after the other, since a writer may call again before awaiting the last one. */
export function sequentialDecoder(
  onData: OnData,
  counts: ByteCounts,
  entry: string,
  open: (output: DecoderOutput) => DecoderSteps
): Decoder {
  let closed = false;
  let thrownByReader: { thrown: unknown } | undefined;
  let wait: Promise<unknown> | undefined;
  let bytesOfTurn = 0;
  const steps = open({
    write(bytes) {
      if (closed || bytes.length === 0) return;
      bytesOfTurn += bytes.length;
      try {
        const busy = onData(bytes);
        if (busy) wait = wait ? Promise.all([wait, busy]) : busy;
      } catch (thrown) {
        thrownByReader = { thrown };
        throw thrown;
      }
    },
    async accepted() {
      const waited = wait;
      wait = undefined;
      try {
        await waited;
      } catch (thrown) {
        thrownByReader = { thrown };
        throw thrown;
      }
      if (bytesOfTurn < MAX_BYTES_PER_TURN) return;
      bytesOfTurn = 0;
      await new Promise(setImmediate);
    }
  });
  let written = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    written = written.then(async () => {
      if (closed) return;
      try {
        await work();
      } catch (error) {
        throw thrownByReader ? thrownByReader.thrown : toDecoderError(entry, error);
      }
    });
    // A writer that stopped because of another error does not await it.
    written.catch(() => undefined);
    return written;
  };
  return {
    write(chunk) {
      counts.compressedBytes += chunk.length;
      return inTurn(() => steps.write(chunk));
    },
    end: () => inTurn(() => steps.end()),
    close() {
      closed = true;
      void written.catch(() => undefined).then(() => steps.close?.());
    }
  };
}
