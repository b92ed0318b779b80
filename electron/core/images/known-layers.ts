import type { ImageLayers } from '#contract/schema/image.ts';
import { AppError } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { mapBounded } from '../util/map-bounded.ts';
import { readImageLayers } from './read-image-layers.ts';

/** Images that are asked for at a time: an engine answers these from memory, and others want to speak to it too. */
const AT_A_TIME = 8;

/** Far more images than an engine has; the oldest go first. */
const KEPT = 50_000;

/** The layers of images, read once: what an id names never changes, though each engine measures it in its own way. */
export class KnownLayers {
  readonly #known = new Map<string, ImageLayers>();

  /** The layers of these images in the order asked, without those that are gone. Throws what EngineClient throws. */
  async read(engine: EngineClient, imageIds: readonly string[], signal?: AbortSignal): Promise<ImageLayers[]> {
    const read = await mapBounded(imageIds, AT_A_TIME, (id) => this.#readOne(engine, id, signal));
    return read.filter((image) => image !== null);
  }

  async #readOne(engine: EngineClient, id: string, signal: AbortSignal | undefined): Promise<ImageLayers | null> {
    const { candidate, store } = engine.info;
    const key = `${candidate.id} ${store} ${id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    try {
      const image = await readImageLayers(engine, id, signal);
      this.#keep(key, image);
      return image;
    } catch (error) {
      if (error instanceof AppError && error.data.code === 'image-not-found') return null;
      throw error;
    }
  }

  #keep(key: string, image: ImageLayers): void {
    this.#known.set(key, image);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}
