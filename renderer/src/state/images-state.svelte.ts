import type { Bridge } from '#contract/ipc/bridge.ts';
import type { LayerForest, LayerShare } from '#contract/domain/layer-forest.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageSummary } from '#contract/schema/image.ts';
import { ask, toErrorData } from '../bridge/bridge.ts';
import { LayerReading } from './layer-reading.ts';

/** Images whose layers are asked for in one call: few at first, so that something shows soon. */
const firstBatch = 32;
const largestBatch = 256;

/** The engine's images and what they share, followed live: the list at once, the layers as they are read. */
export class ImagesState {
  /** Null until read. */
  list = $state.raw<readonly ImageSummary[] | null>(null);
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  /** A new object around the one reading whenever that grew. */
  #known = $state.raw({ reading: new LayerReading() });
  #engineId: string | null;
  #loading = false;
  #loadAgain = false;
  #reading = false;
  #stopped = false;

  /** `engineId` is the candidate that is connected now; null where none is. */
  constructor(bridge: Bridge, engineId: string | null) {
    this.#bridge = bridge;
    this.#engineId = engineId;
  }

  /** What is known of shared layers up to now. */
  get forest(): LayerForest {
    return this.#known.reading.forest;
  }

  /** Images whose layers are known, or known to be gone. */
  get readCount(): number {
    return this.#known.reading.readCount;
  }

  get allRead(): boolean {
    return this.list !== null && this.readCount >= this.list.length;
  }

  /** Null while the image's layers are not read. */
  shareOf(imageId: string): LayerShare | null {
    return this.forest.shareOf(imageId);
  }

  /** False: which layer of the image has which size is a best guess. */
  isExact(imageId: string): boolean {
    return this.#known.reading.isExact(imageId);
  }

  /** Reads the list, and again whenever the engine or its images change, until the returned function is called. */
  follow(): () => void {
    void this.load();
    const offs = [
      this.#bridge.on('image.changed', () => void this.load()),
      this.#bridge.on('engine.state', (state) => {
        if (state.kind !== 'connected') return;
        if (state.info.candidate.id !== this.#engineId) this.#forget();
        this.#engineId = state.info.candidate.id;
        void this.load();
      })
    ];
    return () => {
      this.#stopped = true;
      offs.forEach((off) => off());
    };
  }

  /** Reads the list anew. Asked for while it is being read, it is read once more after that, however often asked. */
  async load(): Promise<void> {
    this.#loadAgain = true;
    if (this.#loading) return;
    this.#loading = true;
    while (this.#loadAgain && !this.#stopped) {
      this.#loadAgain = false;
      await this.#loadOnce();
    }
    this.#loading = false;
    void this.#readLayers();
  }

  async #loadOnce(): Promise<void> {
    const engineId = this.#engineId;
    try {
      const list = await ask(this.#bridge, 'image.list', {});
      if (engineId !== this.#engineId) return;
      this.#grow((reading) => reading.begin(list));
      this.list = list;
      this.error = null;
    } catch (cause) {
      if (engineId === this.#engineId) this.error = toErrorData(cause);
    }
  }

  /** Another engine has other images, and measures layers in its own way. */
  #forget(): void {
    this.list = null;
    this.error = null;
    this.#known = { reading: new LayerReading() };
  }

  #grow(change: (reading: LayerReading) => void): void {
    const { reading } = this.#known;
    change(reading);
    this.#known = { reading };
  }

  /** Reads what is missing, a batch at a time, the newest images first. */
  async #readLayers(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    let size = firstBatch;
    try {
      for (let ids = this.#missing(size); ids.length > 0; ids = this.#missing(size)) {
        await this.#readBatch(ids);
        size = Math.min(size * 2, largestBatch);
      }
    } catch {
      // The engine is gone, which the engine's state tells; when it is back the list is read again, and this with it.
    }
    this.#reading = false;
  }

  #missing(count: number): string[] {
    return this.#stopped ? [] : this.#known.reading.missing(this.list ?? [], count);
  }

  async #readBatch(ids: string[]): Promise<void> {
    const engineId = this.#engineId;
    const read = await ask(this.#bridge, 'image.layers', { ids });
    if (engineId !== this.#engineId) return;
    this.#grow((reading) => reading.take(ids, read));
  }
}
