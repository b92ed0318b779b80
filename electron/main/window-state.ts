import { nativeTheme, screen, type BrowserWindow, type Rectangle } from 'electron';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { replaceFile } from '#core/util/replace-file.ts';

const themes = ['system', 'light', 'dark'] as const;

interface SavedState {
  bounds: Rectangle;
  maximized: boolean;
  /** The settings have it too, but are read later than the window is shown. */
  theme: (typeof themes)[number];
}

export const minimumSize = { width: 1024, height: 640 };
const defaultSize = { width: 1440, height: 900 };
const saveDelayMs = 500;

/** Size, position and theme of the window, stored in a file between sessions. */
export class WindowState {
  readonly #file: string;
  #writing: Promise<void> = Promise.resolve();
  #saveNow: () => void = () => undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The window's last position, if it is still on a screen; else only the default size. */
  read(): Partial<Rectangle> & Omit<SavedState, 'bounds'> {
    const saved = parse(this.#file);
    if (!saved) return { ...defaultSize, maximized: false, theme: 'system' };
    const { bounds, ...rest } = saved;
    return { ...(isOnScreen(bounds) ? bounds : { width: bounds.width, height: bounds.height }), ...rest };
  }

  /** Saves the window's position from now on, half a second after each change and on close. */
  follow(window: BrowserWindow): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = (): void => {
      clearTimeout(timer);
      this.#save({
        bounds: window.getNormalBounds(),
        maximized: window.isMaximized(),
        theme: nativeTheme.themeSource
      });
    };
    const saveSoon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(save, saveDelayMs);
    };
    window.on('resize', saveSoon);
    window.on('move', saveSoon);
    window.on('close', save);
    this.#saveNow = () => window.isDestroyed() || save();
  }

  /** Saves the current position; resolves when it is on disk. */
  async settle(): Promise<void> {
    this.#saveNow();
    await this.#writing;
  }

  #save(saved: SavedState): void {
    // A failed save only resets the window's position, so it is not reported.
    this.#writing = this.#writing
      .then(() => replaceFile(this.#file, Buffer.from(JSON.stringify(saved))))
      .catch(() => undefined);
  }
}

function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  return (
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y >= workArea.y - 20 &&
    bounds.y < workArea.y + workArea.height - 100
  );
}

function parse(file: string): SavedState | undefined {
  let descriptor: number | undefined;
  try {
    // Not blocking: opening a named pipe would wait for a writer.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(descriptor).isFile()) return undefined;
    const saved: unknown = JSON.parse(readFileSync(descriptor, 'utf8'));
    return isSavedState(saved) ? saved : undefined;
  } catch {
    // Missing or damaged: use the default size.
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Without zod, since loading it would take longer than opening the window. */
function isSavedState(value: unknown): value is SavedState {
  const { bounds, maximized, theme } = (value ?? {}) as Partial<SavedState>;
  if (typeof bounds !== 'object' || typeof maximized !== 'boolean') return false;
  if (!themes.some((known) => known === theme)) return false;
  return (['x', 'y', 'width', 'height'] as const).every((side) => Number.isFinite(bounds[side]));
}
