import { app, type BrowserWindow } from 'electron';

export interface QuitOptions {
  readonly window: () => BrowserWindow | undefined;
  /** Whether to quit now; the user may want to wait for running jobs. */
  readonly confirm: () => Promise<boolean>;
  /** Stops everything that is running and writes what is pending. */
  readonly close: () => Promise<unknown>;
}

/** Max time for a page to close; one that does not respond is ended. */
const closeLimitMs = 3000;

/**
 * Quits in steps, however quitting was requested (menu, keyboard, closing the window, a signal): asks, closes the window,
 * so that the page stores what it has, and then stops the rest.
 */
export class QuitSteps {
  readonly #options: QuitOptions;
  #step: 'running' | 'asking' | 'closing' | 'closed' = 'running';

  constructor(options: QuitOptions) {
    this.#options = options;
  }

  /** Call when quitting is requested; true once it can proceed. */
  proceed(): boolean {
    if (this.#step === 'running') void this.#quit();
    return this.#step === 'closed';
  }

  /** Whether the window may close; else closing it is a request to quit. */
  get closesWindow(): boolean {
    return this.#step === 'closing' || this.#step === 'closed';
  }

  async #quit(): Promise<void> {
    this.#step = 'asking';
    const confirmed = await this.#options.confirm().catch(() => true);
    if (!confirmed) {
      this.#step = 'running';
      return;
    }
    this.#step = 'closing';
    await closeWindow(this.#options.window());
    await this.#options.close().catch(() => undefined);
    this.#step = 'closed';
    app.quit();
  }
}

async function closeWindow(window: BrowserWindow | undefined): Promise<void> {
  if (!window) return;
  const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
  const timer = setTimeout(() => window.destroy(), closeLimitMs);
  window.close();
  await closed;
  clearTimeout(timer);
}
