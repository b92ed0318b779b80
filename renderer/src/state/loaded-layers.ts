import { LayerForest } from '#contract/domain/layer-forest.ts';
import type { ImageLayerSizes, ImageSummary } from '#contract/schema/image.ts';

/** Which images' layers are known and which are still to be asked for. */
export class LoadedLayers {
  /** A new one with every list; it grows in place. */
  forest = new LayerForest();

  readonly #layers = new Map<string, ImageLayerSizes>();
  /** Images that were gone when their layers were asked for. */
  readonly #missing = new Set<string>();

  /** Images that need not be asked for any more. */
  get readCount(): number {
    return this.#layers.size + this.#missing.size;
  }

  isExact(imageId: string): boolean {
    return this.#layers.get(imageId)?.exact ?? true;
  }

  /** Begins with another list, and keeps what is known of it. */
  reset(list: readonly ImageSummary[]): void {
    const listedIds = new Set(list.map(({ id }) => id));
    for (const id of this.#layers.keys()) if (!listedIds.has(id)) this.#layers.delete(id);
    this.#missing.clear();
    this.forest = new LayerForest();
    for (const { id, layers } of this.#layers.values()) this.forest.add(id, layers);
  }

  /** The next images to ask for, in the order of the list. */
  missing(list: readonly ImageSummary[], count: number): string[] {
    const missing: string[] = [];
    for (const { id } of list) {
      if (missing.length === count) break;
      if (!this.#layers.has(id) && !this.#missing.has(id)) missing.push(id);
    }
    return missing;
  }

  /** Takes an answer; those that were asked for and are not in it are gone. */
  add(requestedIds: readonly string[], answer: readonly ImageLayerSizes[]): void {
    for (const image of answer) {
      this.#layers.set(image.id, image);
      this.forest.add(image.id, image.layers);
    }
    for (const id of requestedIds) if (!this.#layers.has(id)) this.#missing.add(id);
  }
}
