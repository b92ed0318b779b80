import type { ComparisonProgress } from '#contract/schema/comparison.ts';
import type { JobContext } from '../job/job-context.ts';
import type { RequestedFile } from '../archive/layer-files-reader.ts';
import { readLayerFiles, type LayerFilesRequest, type LayerSource } from './read-layer-files.ts';
import { throttleProgress } from '../util/throttle-progress.ts';

/** An image whose files can be read again. */
export interface ReadableImage {
  readonly source: LayerSource;
  /** Base first: the location and size of each layer. */
  readonly layers: readonly (LayerFilesRequest['layer'] & { readonly storedBytes: number })[];
}

/** Files by the diffID of their layer, and by their path in it. */
export type RequestedFiles = ReadonlyMap<string, ReadonlyMap<string, RequestedFile>>;

/**
 * Reads files of several images, one image after another in one pass each. A layer that several images have is read
 * from the
 * first of them, from a registry only if no other image has it; images without files left to read are not opened.
 * Throws what readLayerFiles throws.
 */
export async function readImageFiles(
  images: readonly ReadableImage[],
  requested: RequestedFiles,
  { signal, emit }: JobContext<ComparisonProgress>
): Promise<void> {
  const read = new Set<string>();
  const isRemote = (image: number): number => (images[image]?.source.kind === 'layers' ? 1 : 0);
  for (const image of [...images.keys()].sort((a, b) => isRemote(a) - isRemote(b) || a - b)) {
    const { source, layers } = images[image] ?? { source: null, layers: [] };
    const requests: LayerFilesRequest[] = [];
    for (const layer of layers) {
      const files = requested.get(layer.diffId);
      if (!files || read.has(layer.diffId)) continue;
      read.add(layer.diffId);
      requests.push({ layer, files });
    }
    if (requests.length === 0 || source === null) continue;
    const report = throttleProgress((progress) => emit({ image, progress }));
    report({ phase: 'waiting', readBytes: 0, totalBytes: null });
    // The size of an export is unknown, but hardly more than its layers'.
    const aboutBytes = layers.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
    const onBytes = (readBytes: number, totalBytes: number | null): void =>
      report({ phase: 'reading', readBytes, totalBytes: totalBytes ?? Math.max(aboutBytes, readBytes) });
    await readLayerFiles(source, requests, { signal, onBytes });
  }
}

/** Collects requests for files: each file once, for the first request. */
export class FileRequests {
  readonly files = new Map<string, Map<string, RequestedFile>>();

  /** `make` creates the file's sink, if it was not requested before. */
  add(diffId: string, path: string, make: () => RequestedFile): void {
    const layer = this.files.get(diffId) ?? new Map<string, RequestedFile>();
    this.files.set(diffId, layer);
    if (!layer.has(path)) layer.set(path, make());
  }
}
