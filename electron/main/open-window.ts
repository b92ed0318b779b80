import { BrowserWindow, nativeTheme, session } from 'electron';
import { windowBackground } from '#contract/domain/window-background.ts';
import { appOrigin } from '#contract/ipc/channels.ts';
import { minimumSize, type WindowState } from './window-state.ts';

export interface WindowOptions {
  preload: string;
  icon: string;
  state: WindowState;
  /** Called for a link that the page tried to open in a new window. */
  openLink: (url: string) => void;
}

/** Denies every permission and download to every page: Slipway needs none, and saves files through dialogs of its own. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
}

/** Opens the window: sandboxed, isolated, restricted to our origin. Shown after its first paint. */
export function openWindow({ preload, icon, state, openLink }: WindowOptions): BrowserWindow {
  const { maximized, theme, ...bounds } = state.read();
  nativeTheme.themeSource = theme;
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Slipway',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? windowBackground.dark : windowBackground.light,
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
  state.follow(window);
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
