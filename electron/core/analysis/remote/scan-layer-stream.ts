import { AppError, Cancelled } from '../../util/app-error.ts';
import type { ArchiveLimits } from '../../tar/archive-limits.ts';
import { hashInPlace } from '../../oci/byte-hasher.ts';
import { matchesDiffId } from '../../oci/diff-id-hasher.ts';
import { LayerReader } from '../../archive/layer-reader.ts';
import type { ScannedLayer } from '../../archive/load-layers.ts';
import { sniffCompression, SNIFF_BYTES } from '../../tar/open-decoder.ts';
import type { UncompressedTotal } from '../../tar/uncompressed-total.ts';

export interface LayerStreamOptions {
  readonly signal: AbortSignal;
  readonly limits: ArchiveLimits;
  /** Of all layers of the image together. */
  readonly total: UncompressedTotal;
  /** Called with the bytes of this layer read so far, compressed. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Scans one layer from its own stream, compressed or not, and verifies its diffID. Throws archive-damaged,
 * archive-too-large, archive-digest-mismatch, Cancelled, and what the source throws.
 */
export async function scanLayerStream(
  source: AsyncIterable<Buffer>,
  { digest, diffId }: { readonly digest: string; readonly diffId: string },
  { signal, limits, total, onBytes }: LayerStreamOptions
): Promise<ScannedLayer> {
  const entry = digest.slice(0, 1000);
  let head: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let reader: LayerReader | undefined;
  const open = (): LayerReader => new LayerReader(entry, sniffCompression(head), hashInPlace(), total, limits);
  try {
    for await (const chunk of source) {
      if (signal.aborted) throw new Cancelled();
      bytes += chunk.length;
      onBytes(bytes);
      if (reader) {
        await reader.write(chunk);
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length < SNIFF_BYTES) continue;
      reader = open();
      await reader.write(head);
    }
    if (!reader) {
      reader = open();
      await reader.write(head);
    }
    const { digests, ...read } = await reader.end();
    if (!matchesDiffId(await digests, diffId)) {
      throw new AppError('archive-digest-mismatch', { digest: diffId.slice(0, 200), entry });
    }
    return { ...read, digest, diffId };
  } finally {
    reader?.close();
  }
}
