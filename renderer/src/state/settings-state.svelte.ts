import type { Bridge } from '#contract/ipc/bridge.ts';
import { defaultTheme, type Theme } from './apply-page-theme.ts';
import type { Settings } from '#contract/schema/settings.ts';
import { call } from '../bridge/call.ts';

const paneDelayMs = 400;

/** The settings, the same in every window: main keeps them and tells each change. */
export class SettingsState {
  theme = $state<Theme>(defaultTheme);
  preferredEngine = $state<string | null>(null);
  #panes = $state.raw<Settings['panes']>({});

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

  async setTheme(theme: Theme): Promise<void> {
    this.theme = theme;
    this.#apply(await call(this.#bridge, 'settings.change', { theme }));
  }

  /** Sizes in percent of a split by its name; undefined until it was moved. */
  pane(name: string): readonly number[] | undefined {
    return this.#panes[name];
  }

  /** Keeps the sizes of a split; written when the hand has come to rest. */
  setPane(name: string, percents: number[]): void {
    this.#panes = { ...this.#panes, [name]: percents };
    clearTimeout(this.#paneTimer);
    this.#paneTimer = setTimeout(() => {
      this.#paneTimer = undefined;
      void call(this.#bridge, 'settings.change', { panes: this.#panes });
    }, paneDelayMs);
  }

  #apply(settings: Settings): void {
    this.theme = settings.theme;
    this.preferredEngine = settings.preferredEngine;
    if (this.#paneTimer === undefined) this.#panes = settings.panes;
  }
}
