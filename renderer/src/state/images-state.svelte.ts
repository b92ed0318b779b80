import type { Bridge } from '#contract/ipc/bridge.ts';
import type { LayerForest, LayerShare } from '#contract/domain/layer-forest.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageSummary } from '#contract/schema/image.ts';
import { call, toErrorData } from '../bridge/call.ts';
import { LoadedLayers } from './loaded-layers.ts';

/** Images per call for layers: few at first, so that results appear soon. */
const initialBatchSize = 32;
const maxBatchSize = 256;

/** The engine's images and their shared layers, updated live: the list immediately, the layers as they are read. */
export class ImagesState {
  /** Null until read. */
  list = $state.raw<readonly ImageSummary[] | null>(null);
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  /** A new object around the current data whenever it grew. */
  #loaded = $state.raw({ reading: new LoadedLayers() });
  #engineId: string | null;
  #loading = false;
  #reloadRequested = false;
  #reading = false;
  #stopped = false;

  /** `engineId` is the connected candidate; null if there is none. */
  constructor(bridge: Bridge, engineId: string | null) {
    this.#bridge = bridge;
    this.#engineId = engineId;
  }

  /** Shared layers, as far as they are known. */
  get forest(): LayerForest {
    return this.#loaded.reading.forest;
  }

  /** Number of images whose layers are known, or that are known to be removed. */
  get readCount(): number {
    return this.#loaded.reading.readCount;
  }

  get allRead(): boolean {
    return this.list !== null && this.readCount >= this.list.length;
  }

  /** Null while the image's layers are not read. */
  shareOf(imageId: string): LayerShare | null {
    return this.forest.shareOf(imageId);
  }

  /** False: the size of each layer of the image is a best guess. */
  isExact(imageId: string): boolean {
    return this.#loaded.reading.isExact(imageId);
  }

  /** Reads the list, and again whenever the engine or its images change, until the returned function is called. */
  follow(): () => void {
    void this.load();
    const unsubscribes = [
      this.#bridge.on('image.changed', () => void this.load()),
      this.#bridge.on('engine.state', (state) => {
        if (state.kind !== 'connected') return;
        if (state.info.candidate.id !== this.#engineId) this.#reset();
        this.#engineId = state.info.candidate.id;
        void this.load();
      })
    ];
    return () => {
      this.#stopped = true;
      unsubscribes.forEach((unsubscribe) => unsubscribe());
    };
  }

  /** Reads the list again. Any number of requests during a read cause one more read after it. */
  async load(): Promise<void> {
    this.#reloadRequested = true;
    if (this.#loading) return;
    this.#loading = true;
    while (this.#reloadRequested && !this.#stopped) {
      this.#reloadRequested = false;
      await this.#loadOnce();
    }
    this.#loading = false;
    void this.#readLayers();
  }

  async #loadOnce(): Promise<void> {
    const engineId = this.#engineId;
    try {
      const list = await call(this.#bridge, 'image.list', {});
      if (engineId !== this.#engineId) return;
      this.#update((reading) => reading.reset(list));
      this.list = list;
      this.error = null;
    } catch (cause) {
      if (engineId === this.#engineId) this.error = toErrorData(cause);
    }
  }

  /** Another engine has other images, and measures layers differently. */
  #reset(): void {
    this.list = null;
    this.error = null;
    this.#loaded = { reading: new LoadedLayers() };
  }

  #update(change: (reading: LoadedLayers) => void): void {
    const { reading } = this.#loaded;
    change(reading);
    this.#loaded = { reading };
  }

  /** Reads the missing layers in batches, newest images first. */
  async #readLayers(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    let size = initialBatchSize;
    try {
      for (let ids = this.#missing(size); ids.length > 0; ids = this.#missing(size)) {
        await this.#readBatch(ids);
        size = Math.min(size * 2, maxBatchSize);
      }
    } catch {
      // The engine is lost, which the engine's state reports; when it is back the list is read again, followed by this.
    }
    this.#reading = false;
  }

  #missing(count: number): string[] {
    return this.#stopped ? [] : this.#loaded.reading.missing(this.list ?? [], count);
  }

  async #readBatch(ids: string[]): Promise<void> {
    const engineId = this.#engineId;
    const read = await call(this.#bridge, 'image.layers', { ids });
    if (engineId !== this.#engineId) return;
    this.#update((reading) => reading.add(ids, read));
  }
}
