import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import writeFileAtomic from 'write-file-atomic';

const boundsSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const windowStateSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() });
type WindowState = z.infer<typeof windowStateSchema>;

export const minimumSize = { width: 1024, height: 640 };
const firstSize = { width: 1440, height: 900 };

/** Where the window stood when it was last closed, if that is still on a screen; else nothing and the first size. */
export function readWindowState(file: string): Partial<Rectangle> & { maximized: boolean } {
  const state = parse(file);
  if (!state) return { ...firstSize, maximized: false };
  const { bounds, maximized } = state;
  const { workArea } = screen.getDisplayMatching(bounds);
  const visible =
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y >= workArea.y - 20 &&
    bounds.y < workArea.y + workArea.height - 100;
  return { ...(visible ? bounds : { width: bounds.width, height: bounds.height }), maximized };
}

/** Remembers size and place from now on, half a second after each change and at close. */
export function rememberWindowState(window: BrowserWindow, file: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(timer);
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    writeFileAtomic.sync(file, JSON.stringify(state));
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, 500);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}

function parse(file: string): WindowState | undefined {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No state, or one that cannot be read: the first size serves as well.
    return undefined;
  }
}
