import type { AnalyzedLayer } from '#contract/schema/analysis.ts';
import type { ComparedRemote } from '#contract/schema/comparison.ts';
import type { RemoteImage } from '#contract/schema/remote-image.ts';
import type { LayerToCompare } from './compare-layers.ts';
import { listMissing } from '../analysis/remote/scan-remote.ts';

/** What a comparison knows about an image in a registry. */
export interface PartialRemoteImage {
  readonly image: RemoteImage;
  /** Indexes of the missing layers. */
  readonly missing: readonly number[];
}

/** An image's layers for comparison: missing ones have no uncompressed size. */
export function layersToCompare(layers: readonly AnalyzedLayer[], remote: PartialRemoteImage | null): LayerToCompare[] {
  return layers.map(({ index, diffId, command, sizeBytes }) => ({
    index,
    diffId,
    command,
    sizeBytes: remote?.missing.includes(index) === true ? null : sizeBytes,
    compressedBytes: remote?.image.layers[index]?.compressedBytes ?? null
  }));
}

/** The displayed part of it. */
export function describeRemote({ image, missing }: PartialRemoteImage): ComparedRemote {
  const missingIds = new Set(missing.map((index) => image.layers[index]?.diffId));
  const layers = listMissing(image.layers, { has: (diffId) => !missingIds.has(diffId) });
  const { reference, host, platform, compressedBytes, rateLimit } = image;
  return {
    reference,
    host,
    platform,
    compressedBytes,
    rateLimit,
    missingLayerCount: layers.length,
    missingBytes: layers.reduce((sum, layer) => sum + layer.compressedBytes, 0)
  };
}
