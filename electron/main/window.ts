import { BrowserWindow, nativeTheme, session } from 'electron';
import { join } from 'node:path';
import { appOrigin } from '../contract/channels.ts';
import { minimumSize, readWindowState, rememberWindowState } from './window-state.ts';

export interface WindowOptions {
  preload: string;
  icon: string;
  stateFolder: string;
  /** Called for a link that the page tried to open in a window of its own. */
  openLink: (url: string) => void;
}

/** Refuses every permission to every page: Slipway needs none. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** Opens the one window: sandboxed, isolated, bound to our origin. Shown when its first frame is painted. */
export function openWindow({ preload, icon, stateFolder, openLink }: WindowOptions): BrowserWindow {
  const stateFile = join(stateFolder, 'window.json');
  const { maximized, ...bounds } = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Slipway',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1116' : '#f5f7fa',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false
    }
  });
  rememberWindowState(window, stateFile);
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
  void window.loadURL(`${appOrigin}/`);
  return window;
}
