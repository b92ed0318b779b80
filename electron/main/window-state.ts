import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { readFileSync } from 'node:fs';
import { replaceFile } from '#core/util/replace-file.ts';

interface SavedState {
  bounds: Rectangle;
  maximized: boolean;
}

export const minimumSize = { width: 1024, height: 640 };
const defaultSize = { width: 1440, height: 900 };
const saveDelayMs = 500;

/** Size and place of the window, kept in a file from one run to the next. */
export class WindowState {
  readonly #file: string;
  #writing: Promise<void> = Promise.resolve();
  #saveNow: () => void = () => undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Where the window stood when it was last closed, if that is still on a screen; else nothing and the first size. */
  read(): Partial<Rectangle> & { maximized: boolean } {
    const saved = parse(this.#file);
    if (!saved) return { ...defaultSize, maximized: false };
    const { bounds, maximized } = saved;
    return { ...(isOnScreen(bounds) ? bounds : { width: bounds.width, height: bounds.height }), maximized };
  }

  /** Remembers the window's from now on, half a second after each change and at close. */
  follow(window: BrowserWindow): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = (): void => {
      clearTimeout(timer);
      this.#save({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
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

  /** Keeps the place as it is now; resolves when it is on disk. */
  async settle(): Promise<void> {
    this.#saveNow();
    await this.#writing;
  }

  #save(saved: SavedState): void {
    // A place that cannot be kept costs the next start its size, which is not worth a word.
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
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isSavedState(saved) ? saved : undefined;
  } catch {
    // No place, or one that cannot be read: the first size serves as well.
    return undefined;
  }
}

/** By hand, since loading zod would take longer than opening the window. */
function isSavedState(value: unknown): value is SavedState {
  const { bounds, maximized } = (value ?? {}) as Partial<SavedState>;
  if (typeof bounds !== 'object' || typeof maximized !== 'boolean') return false;
  return (['x', 'y', 'width', 'height'] as const).every((side) => Number.isFinite(bounds[side]));
}
