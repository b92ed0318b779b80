import { LayerForest } from '#contract/domain/layer-forest.ts';
import type { ImageLayerSizes, ImageSummary } from '#contract/schema/image.ts';

/** Which images' layers are known and which are still to be requested. */
export class LoadedLayers {
  /** A new object for every list; it grows in place. */
  forest = new LayerForest();

  readonly #layers = new Map<string, ImageLayerSizes>();
  /** Images that were missing when their layers were requested. */
  readonly #missing = new Set<string>();

  /** Number of images that need no further request. */
  get readCount(): number {
    return this.#layers.size + this.#missing.size;
  }

  isExact(imageId: string): boolean {
    return this.#layers.get(imageId)?.exact ?? true;
  }

  /** Starts with another list, keeping the known layers of its images. */
  reset(list: readonly ImageSummary[]): void {
    const listedIds = new Set(list.map(({ id }) => id));
    for (const id of this.#layers.keys()) if (!listedIds.has(id)) this.#layers.delete(id);
    this.#missing.clear();
    this.forest = new LayerForest();
    for (const { id, layers } of this.#layers.values()) this.forest.add(id, layers);
  }

  /** The next images to request, in the order of the list. */
  missing(list: readonly ImageSummary[], count: number): string[] {
    const missing: string[] = [];
    for (const { id } of list) {
      if (missing.length === count) break;
      if (!this.#layers.has(id) && !this.#missing.has(id)) missing.push(id);
    }
    return missing;
  }

  /** Applies an answer; requested images that it does not contain were removed. */
  add(requestedIds: readonly string[], answer: readonly ImageLayerSizes[]): void {
    for (const image of answer) {
      this.#layers.set(image.id, image);
      this.forest.add(image.id, image.layers);
    }
    for (const id of requestedIds) if (!this.#layers.has(id)) this.#missing.add(id);
  }
}
