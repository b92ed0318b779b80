import { app, dialog, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { words } from '#contract/words/words.ts';
import { parseLaunchPaths } from './parse-launch-paths.ts';
import { compose, type Slipway } from './compose.ts';
import { enableCommands, setMenu } from './set-menu.ts';
import { registerAppScheme, serveApp } from './serve-app.ts';
import { routeCalls, sendToPage } from './route-calls.ts';
import { WindowState } from './window-state.ts';
import { denyPermissions, openWindow } from './open-window.ts';

/** A data folder of its own, for tests and for trying out beside an installed Slipway. */
const dataFolder = process.env['SLIPWAY_USER_DATA'];
if (dataFolder) app.setPath('userData', dataFolder);

const launchPaths = parseLaunchPaths(process.argv, process.cwd(), app.isPackaged);
const checkOutput = !app.isPackaged;
// Beside the store's own files, where what a killed process left half-written is cleared away.
const windowState = new WindowState(join(app.getPath('userData'), 'store', 'window.json'));

let window: BrowserWindow | undefined;
let slipway: Slipway | undefined;

/** What a second launch tells the first: its folders, already absolute, since its arguments reach us reordered. */
interface LaunchData {
  paths: string[];
}

function page(): Electron.WebContents | undefined {
  return window && !window.isDestroyed() ? window.webContents : undefined;
}

function showWindow(): void {
  if (!slipway) return;
  if (window && !window.isDestroyed()) {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return;
  }
  const { openLink } = slipway;
  window = openWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'resources/icons/icon-256.png'),
    state: windowState,
    openLink: (url) => void openLink(url).catch(() => undefined)
  });
  window.on('closed', () => enableCommands([]));
}

async function openPaths(paths: string[]): Promise<void> {
  if (paths.length === 0) return;
  if (!slipway) {
    launchPaths.push(...paths);
    return;
  }
  const imported = await slipway.openPaths(paths);
  sendToPage(page(), 'project.imported', imported, checkOutput);
}

async function start(): Promise<void> {
  denyPermissions();
  serveApp(join(__dirname, '../renderer'));
  slipway = await compose({
    dataFolder: app.getPath('userData'),
    resourcesFolder: join(app.getAppPath(), 'resources'),
    workerFile: join(__dirname, '../worker/worker.cjs'),
    window: () => (window?.isDestroyed() === false ? window : undefined),
    broadcast: (topic, message) => sendToPage(page(), topic, message, checkOutput),
    openedAtStart: launchPaths
  });
  routeCalls({
    page,
    handlers: slipway.handlers,
    openDropped: slipway.openPaths,
    checkOutput,
    log: (line) => console.error(`slipway: ${line}`)
  });
  setMenu(process.platform, (id) => sendToPage(page(), 'command.run', { id }, checkOutput));
  showWindow();
}

function quitWhenClosed(): void {
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing || !slipway) return;
    closing = true;
    event.preventDefault();
    void Promise.allSettled([slipway.close(), windowState.settle()]).then(() => app.quit());
  });
}

if (!app.requestSingleInstanceLock({ paths: launchPaths } satisfies LaunchData)) {
  app.quit();
} else {
  registerAppScheme();
  quitWhenClosed();
  app.on('second-instance', (_event, _argv, _workingFolder, data) => {
    showWindow();
    void openPaths((data as LaunchData).paths);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void openPaths([path]);
  });
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      // Without its folder there is no window to say it in.
      dialog.showErrorBox(
        words.app.name,
        words.app.cannotStart(error instanceof Error ? error.message : String(error))
      );
      app.exit(1);
    });
}
