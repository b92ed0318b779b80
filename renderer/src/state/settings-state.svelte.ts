import type { Bridge } from '#contract/ipc/bridge.ts';
import { defaultSettings } from '#contract/domain/default-settings.ts';
import type { Settings } from '#contract/schema/settings.ts';
import { call } from '../bridge/call.ts';

const paneDelayMs = 400;

/** The settings, the same in every window: main stores them and broadcasts each change. */
export class SettingsState {
  current = $state.raw<Settings>(defaultSettings);

  readonly #bridge: Bridge;
  #paneTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Reads the settings and follows them until the returned function is called. */
  follow(): () => void {
    void call(this.#bridge, 'settings.get', {}).then((settings) => this.#apply(settings));
    return this.#bridge.on('settings.changed', (settings) => this.#apply(settings));
  }

  /** Applies immediately; resolves when it is saved. Throws CallError. */
  async change(patch: Partial<Settings>): Promise<void> {
    this.current = { ...this.current, ...patch };
    this.#apply(await call(this.#bridge, 'settings.change', patch));
  }

  /** Sizes in percent of a split by its name; undefined until it is moved. */
  pane(name: string): readonly number[] | undefined {
    return this.current.panes[name];
  }

  /** Saves the sizes of a split, after the drag has paused. */
  setPane(name: string, percents: number[]): void {
    this.current = { ...this.current, panes: { ...this.current.panes, [name]: percents } };
    clearTimeout(this.#paneTimer);
    this.#paneTimer = setTimeout(() => {
      this.#paneTimer = undefined;
      void call(this.#bridge, 'settings.change', { panes: this.current.panes });
    }, paneDelayMs);
  }

  #apply(settings: Settings): void {
    // During a drag, this window's sizes take precedence.
    this.current = this.#paneTimer === undefined ? settings : { ...settings, panes: this.current.panes };
  }
}
