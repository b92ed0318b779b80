import type { RemoteLayer } from '#contract/schema/remote-image.ts';
import type { ResolvedRemoteImage } from '../../registry/read-remote-image.ts';
import type { ScanOptions, ScannedImage } from '../scan-image.ts';
import { archiveLimits } from '../../tar/archive-limits.ts';
import type { ScannedLayer } from '../../archive/load-layers.ts';
import { compressions, type Compression } from '#contract/domain/compressions.ts';
import { UncompressedTotal } from '../../tar/uncompressed-total.ts';
import { LayerTableBuilder } from '../../filetree/layer-table.ts';
import { mergeLayers } from '../../filetree/merge-layers.ts';
import { scanLayerStream } from './scan-layer-stream.ts';

/** How to get the layers of an image in a registry. */
export interface LayerProvider {
  /** A layer that was scanned before, with any image. */
  readonly find: (diffId: string) => Promise<ScannedLayer | null>;
  /** Opens a layer by its index, as the registry stores it; null fetches none. */
  readonly fetch: ((layer: number) => Promise<AsyncIterable<Buffer>>) | null;
  /** Called with each fetched and verified layer, before the next is fetched. */
  readonly save: (layer: ScannedLayer) => Promise<void>;
}

/** An image in a registry, with the layers that are available locally. */
export interface ScannedRemote {
  readonly scanned: ScannedImage;
  /** Indexes of the missing layers, whose content is unknown. */
  readonly missing: readonly number[];
}

/**
 * Assembles an image of a registry from cached layers, and fetches the others if `provider` can. Throws
 * what scanLayerStream and opening a layer throw.
 */
export async function scanRemote(
  { image, config, configDigest }: ResolvedRemoteImage,
  provider: LayerProvider,
  { signal, limits = archiveLimits, onProgress }: ScanOptions
): Promise<ScannedRemote> {
  const available = new Map<string, ScannedLayer>();
  for (const { diffId } of image.layers) {
    const layer = available.get(diffId) ?? (await provider.find(diffId));
    if (layer !== null) available.set(diffId, layer);
  }
  if (provider.fetch !== null) {
    const total = new UncompressedTotal(limits);
    const toFetch = listMissing(image.layers, available);
    const totalBytes = toFetch.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
    let doneBytes = 0;
    for (const { index, compressedBytes, ...expected } of toFetch) {
      onProgress?.({ phase: 'waiting', readBytes: doneBytes, totalBytes });
      const before = doneBytes;
      const onBytes = (bytes: number): void =>
        onProgress?.({ phase: 'reading', readBytes: before + bytes, totalBytes });
      const source = await provider.fetch(index);
      const layer = await scanLayerStream(source, expected, { signal, limits, total, onBytes });
      await provider.save(layer);
      available.set(layer.diffId, layer);
      doneBytes += compressedBytes;
    }
  }
  const layers = image.layers.map((layer): ScannedLayer => {
    const { digest, diffId, compressedBytes: storedBytes } = layer;
    const table = available.get(diffId)?.table ?? new LayerTableBuilder().finish();
    return { table, compression: compressionOf(layer), storedBytes, digest, diffId };
  });
  return {
    scanned: {
      source: { kind: 'registry', name: image.reference },
      image: {
        tags: [image.reference],
        platform: image.platform,
        config,
        configDigest,
        manifestDigest: image.manifestDigest,
        rootDigest: image.digest,
        layers: image.layers.map(({ digest, diffId }) => ({ path: digest, digest, diffId })),
        choices: []
      },
      layers,
      merged: mergeLayers(layers.map(({ table }) => table))
    },
    missing: image.layers.flatMap(({ diffId }, index) => (available.has(diffId) ? [] : [index]))
  };
}

/** Each missing layer, once. */
export function listMissing(
  layers: readonly RemoteLayer[],
  available: { has: (diffId: string) => boolean }
): (RemoteLayer & { index: number })[] {
  const missing = new Map<string, RemoteLayer & { index: number }>();
  layers.forEach((layer, index) => {
    if (!available.has(layer.diffId) && !missing.has(layer.diffId)) missing.set(layer.diffId, { ...layer, index });
  });
  return [...missing.values()];
}

/** A layer of an image that was already scanned. */
export function findLayer(scans: Iterable<ScannedRemote>, diffId: string): ScannedLayer | null {
  for (const { scanned, missing } of scans) {
    const found = scanned.layers.find((layer, index) => layer.diffId === diffId && !missing.includes(index));
    if (found) return found;
  }
  return null;
}

function compressionOf({ mediaType }: RemoteLayer): Compression {
  return compressions.find((name) => mediaType.includes(name)) ?? 'none';
}
