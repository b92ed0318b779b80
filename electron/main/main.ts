import { app, dialog, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { parseLaunchPaths } from './parse-launch-paths.ts';
import { registerAppScheme, serveApp } from './serve-app.ts';
import { routeCalls } from './route-calls.ts';
import { WindowState } from './window-state.ts';
import { denyPermissions, openWindow, restrictPages } from './open-window.ts';
import { recoverPage } from './recover-page.ts';
import { isWritableFolder } from './is-writable-folder.ts';
import { QuitSteps } from './quit-app.ts';
import { readCommand } from './read-command.ts';
import { runCommand } from './run-command.ts';
import type { StartedApp } from './start-app.ts';
import { showControls } from '#contract/format/show-controls.ts';
import type { Words } from '#contract/words/words.ts';

// Before anything of the app: a command needs no data folder, and does not become the single instance.
const command = readCommand(process.argv);
if (command) process.exit(runCommand(command));

/** A separate data folder, for tests and for development next to an installed Slipway. */
const dataFolder = process.env['SLIPWAY_USER_DATA'];
if (dataFolder) app.setPath('userData', dataFolder);

const launchPaths = parseLaunchPaths(process.argv, process.cwd(), app.isPackaged);
// Not among the store's files, where leftovers of killed processes are removed.
const windowState = new WindowState(join(app.getPath('userData'), 'store', 'window.json'));
const log = (line: string): void => console.error(`slipway: ${line}`);

let window: BrowserWindow | undefined;
let starting: Promise<StartedApp> | undefined;

/** What a second launch passes to the first: its absolute paths, since its arguments arrive reordered. */
interface LaunchData {
  paths: string[];
}

const openedWindow = (): BrowserWindow | undefined => (window?.isDestroyed() === false ? window : undefined);
const page = (): Electron.WebContents | undefined => openedWindow()?.webContents;

function showWindow(): void {
  if (!starting) return;
  const opened = openedWindow();
  if (opened) {
    if (opened.isMinimized()) opened.restore();
    opened.show();
    opened.focus();
    return;
  }
  window = openWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'resources/icons/icon-256.png'),
    state: windowState
  });
  recoverPage(window, log);
  window.on('close', (event) => {
    // On a Mac the jobs go on without a window.
    if (process.platform === 'darwin' || quitSteps.closesWindow) return;
    event.preventDefault();
    app.quit();
  });
  window.on('closed', () => void import('./set-menu.ts').then(({ enableCommands }) => enableCommands([])));
}

async function openPaths(paths: string[]): Promise<void> {
  if (paths.length === 0) return;
  if (starting) await (await starting).openPaths(paths);
  else launchPaths.push(...paths);
}

/** Opens the window first. Core is loaded after the page: this thread serves the page's files, and cannot meanwhile. */
async function start(): Promise<void> {
  performance.mark('slipway:electron-ready');
  denyPermissions();
  restrictPages((url) => void starting?.then(({ openLink }) => openLink(url)).catch(() => undefined));
  serveApp(join(__dirname, '../renderer'));
  let loadCore = (): void => undefined;
  starting = new Promise<void>((resolve) => (loadCore = resolve)).then(async () =>
    (await import('./start-app.ts')).startApp({
      dataFolder: app.getPath('userData'),
      resourcesFolder: join(app.getAppPath(), 'resources'),
      workerFile: join(__dirname, '../worker/worker.cjs'),
      window: openedWindow,
      openedAtStart: launchPaths,
      page,
      checkOutput: !app.isPackaged,
      log
    })
  );
  routeCalls({ page, router: starting.then(({ router }) => router), log });
  showWindow();
  performance.mark('slipway:window-opened');
  void pageStarted(window).then(loadCore);
  const { connectEngine } = await starting;
  performance.mark('slipway:core-loaded');
  if (page()?.isLoading() === true) page()?.once('did-stop-loading', connectEngine);
  else connectEngine();
}

/** Resolves once the page's scripts have run, or will not: it could not be loaded, or the window was closed. */
function pageStarted(opened: BrowserWindow | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (opened === undefined) resolve();
    opened?.webContents.once('dom-ready', resolve);
    opened?.webContents.once('did-stop-loading', resolve);
    opened?.once('closed', resolve);
  });
}

const quitSteps = new QuitSteps({
  window: openedWindow,
  confirm: async () => {
    const { runningWork } = await (starting ?? Promise.reject(new Error('not started')));
    return (await import('./confirm-quit.ts')).confirmQuit(runningWork(), openedWindow());
  },
  close: () => Promise.allSettled([starting?.then(({ close }) => close()), windowState.settle()])
});

/** Ends the app with a message: in a dialog, and on standard error where that is the terminal. */
async function failToStart(message: (words: Words) => string): Promise<void> {
  const { words } = await import('#contract/words/words.ts');
  log(message(words));
  await app.whenReady();
  dialog.showErrorBox(words.app.name, showControls(message(words)));
  app.exit(1);
}

if (!isWritableFolder(app.getPath('userData'))) {
  void failToStart((words) => words.app.dataFolderUnwritable(app.getPath('userData')));
} else if (!app.requestSingleInstanceLock({ paths: launchPaths } satisfies LaunchData)) {
  app.quit();
} else {
  registerAppScheme();
  app.on('before-quit', (event) => {
    if (starting && !quitSteps.proceed()) event.preventDefault();
  });
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
      const detail = error instanceof Error ? error.message : String(error);
      return failToStart((words) => words.app.cannotStart(detail));
    });
}
