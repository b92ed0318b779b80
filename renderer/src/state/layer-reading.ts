import { LayerForest } from '#contract/domain/layer-forest.ts';
import type { ImageLayers, ImageSummary } from '#contract/schema/image.ts';

/** Which images' layers are known and which are still to be asked for. */
export class LayerReading {
  /** A new one with every list; it grows in place. */
  forest = new LayerForest();

  readonly #layers = new Map<string, ImageLayers>();
  /** Images that were gone when their layers were asked for. */
  readonly #gone = new Set<string>();

  /** Images that need not be asked for any more. */
  get readCount(): number {
    return this.#layers.size + this.#gone.size;
  }

  isExact(imageId: string): boolean {
    return this.#layers.get(imageId)?.exact ?? true;
  }

  /** Begins with another list, and keeps what is known of it. */
  begin(list: readonly ImageSummary[]): void {
    const there = new Set(list.map(({ id }) => id));
    for (const id of this.#layers.keys()) if (!there.has(id)) this.#layers.delete(id);
    this.#gone.clear();
    this.forest = new LayerForest();
    for (const { id, layers } of this.#layers.values()) this.forest.add(id, layers);
  }

  /** The next images to ask for, in the order of the list. */
  missing(list: readonly ImageSummary[], count: number): string[] {
    const missing: string[] = [];
    for (const { id } of list) {
      if (missing.length === count) break;
      if (!this.#layers.has(id) && !this.#gone.has(id)) missing.push(id);
    }
    return missing;
  }

  /** Takes an answer; those that were asked for and are not in it are gone. */
  take(asked: readonly string[], answer: readonly ImageLayers[]): void {
    for (const image of answer) {
      this.#layers.set(image.id, image);
      this.forest.add(image.id, image.layers);
    }
    for (const id of asked) if (!this.#layers.has(id)) this.#gone.add(id);
  }
}
