import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { AppErrorData } from '../../../electron/contract/schema/error.ts';
import type { ImageSummary } from '../../../electron/contract/schema/image.ts';
import { ask, toErrorData } from '../bridge/bridge.ts';

/** The engine's images, followed live. */
export class ImagesState {
  /** Null until read. */
  list = $state.raw<readonly ImageSummary[] | null>(null);
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  #asked = 0;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Reads the list, and again whenever the engine or its images change, until the returned function is called. */
  follow(): () => void {
    void this.load();
    const offs = [
      this.#bridge.on('image.changed', () => void this.load()),
      this.#bridge.on('engine.state', (state) => {
        if (state.kind === 'connected') void this.load();
      })
    ];
    return () => offs.forEach((off) => off());
  }

  /** The answer asked for last counts. */
  async load(): Promise<void> {
    const asked = (this.#asked += 1);
    try {
      const list = await ask(this.#bridge, 'image.list', {});
      if (asked !== this.#asked) return;
      this.list = list;
      this.error = null;
    } catch (cause) {
      if (asked === this.#asked) this.error = toErrorData(cause);
    }
  }
}
