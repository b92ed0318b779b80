import { dialog, type BrowserWindow } from 'electron';
import type { Words } from '#contract/words/words.ts';
import type { Log } from './route-calls.ts';

/** A second crash within this time is probably caused by what the page shows, so the user decides. */
const crashLoopMs = 30_000;

/**
 * Reloads the page when its process ends unexpectedly, and asks when it crashes again or does not respond. Jobs, projects
 * and settings are in the main process, so a reload does not lose them.
 */
export function recoverPage(window: BrowserWindow, log: Log): void {
  const { webContents } = window;
  let crashedAt = Number.NEGATIVE_INFINITY;
  let hang: AbortController | undefined;

  type Texts = (texts: Words['app']) => { message: string; decline: string };

  const ask = async (textsOf: Texts, signal?: AbortSignal): Promise<boolean> => {
    // Loaded when they are needed: the page is watched from its start.
    const { words } = await import('#contract/words/words.ts');
    if (signal?.aborted === true) return false;
    const { message, decline } = textsOf(words.app);
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail: words.app.reloadDetail,
      buttons: [words.app.reload, decline],
      defaultId: 0,
      cancelId: 1,
      ...(signal && { signal })
    });
    return response === 0;
  };

  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(`the page's process ended: ${reason}`);
    const isLoop = performance.now() - crashedAt < crashLoopMs;
    crashedAt = performance.now();
    if (!isLoop) {
      webContents.reload();
      return;
    }
    void ask((texts) => ({ message: texts.pageCrashed, decline: texts.closeWindow })).then((reload) => {
      if (window.isDestroyed()) return;
      if (reload) webContents.reload();
      else window.close();
    });
  });

  window.on('unresponsive', () => {
    if (hang) return;
    hang = new AbortController();
    const { signal } = hang;
    void ask((texts) => ({ message: texts.pageHangs, decline: texts.wait }), signal).then((reload) => {
      hang = undefined;
      // Ends the process; the handler above then reloads the page.
      if (reload && !signal.aborted && !window.isDestroyed()) webContents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => hang?.abort());
}
