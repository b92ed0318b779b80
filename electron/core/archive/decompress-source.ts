import type { Compression } from '#contract/domain/compressions.ts';
import { Cancelled } from '../util/app-error.ts';
import type { ArchiveLimits } from '../tar/archive-limits.ts';
import type { Decoder, OnData } from '../tar/decoder.ts';
import { openDecoder, sniffCompression, SNIFF_BYTES } from '../tar/open-decoder.ts';

export interface DecompressOptions {
  /** The source's name in errors. */
  name: string;
  limits: ArchiveLimits;
  signal: AbortSignal;
  /** Called with the compressed bytes read so far. */
  onBytes?: (bytes: number) => void;
}

/**
 * Reads a source to its end, or until `isDone`, decompresses it if needed, and writes it to a consumer. `open` gets
 * the compression and returns the consumer. Throws archive-unsupported, archive-damaged, archive-too-large,
 * Cancelled, and what the source and the consumer throw.
 */
export async function decompressSource(
  source: AsyncIterable<Buffer>,
  { name, limits, signal, onBytes }: DecompressOptions,
  open: (compression: Compression) => OnData,
  isDone = (): boolean => false
): Promise<void> {
  let decoder: Decoder | undefined;
  let head: Buffer = Buffer.alloc(0);
  let bytes = 0;
  const start = (): Decoder => {
    const compression = sniffCompression(head);
    return (decoder = openDecoder(compression, name, limits, open(compression)));
  };
  try {
    for await (const chunk of source) {
      if (signal.aborted) throw new Cancelled();
      bytes += chunk.length;
      onBytes?.(bytes);
      if (decoder) await decoder.write(chunk);
      else {
        head = Buffer.concat([head, chunk]);
        if (head.length >= SNIFF_BYTES) await start().write(head);
      }
      if (isDone()) return;
    }
    await (decoder ?? start()).end();
  } catch (error) {
    throw signal.aborted ? new Cancelled() : error;
  } finally {
    decoder?.close();
  }
}
