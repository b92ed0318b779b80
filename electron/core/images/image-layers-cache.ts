import type { ImageLayerSizes } from '#contract/schema/image.ts';
import { AppError } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { mapBounded } from '../util/map-bounded.ts';
import { readImageLayers } from './read-image-layers.ts';

/** Concurrent requests: the engine answers from memory, and 8 at a time keep its API responsive for others. */
const CONCURRENCY = 8;

/** Far more than an engine has images; the oldest are removed first. */
const MAX_ENTRIES = 50_000;

/** Caches the layers of images: the content of an id never changes, though each engine measures it differently. */
export class ImageLayersCache {
  readonly #cached = new Map<string, ImageLayerSizes>();

  /**
   * The layers of these images in the given order, without images that were removed. Throws what EngineClient throws.
   */
  async read(engine: EngineClient, imageIds: readonly string[], signal?: AbortSignal): Promise<ImageLayerSizes[]> {
    const read = await mapBounded(imageIds, CONCURRENCY, (id) => this.#readOne(engine, id, signal));
    return read.filter((image) => image !== null);
  }

  async #readOne(engine: EngineClient, id: string, signal: AbortSignal | undefined): Promise<ImageLayerSizes | null> {
    const { candidate, store } = engine.info;
    const key = `${candidate.id} ${store} ${id}`;
    const cached = this.#cached.get(key);
    if (cached !== undefined) return cached;
    try {
      const image = await readImageLayers(engine, id, signal);
      this.#add(key, image);
      return image;
    } catch (error) {
      if (error instanceof AppError && error.data.code === 'image-not-found') return null;
      throw error;
    }
  }

  #add(key: string, image: ImageLayerSizes): void {
    this.#cached.set(key, image);
    const [oldest] = this.#cached.keys();
    if (this.#cached.size > MAX_ENTRIES && oldest !== undefined) this.#cached.delete(oldest);
  }
}
