import { app, BrowserWindow, nativeTheme, session } from 'electron';
import { windowBackground } from '#contract/domain/window-background.ts';
import { appOrigin } from '#contract/ipc/channels.ts';
import { minimumSize, type WindowState } from './window-state.ts';

export interface WindowOptions {
  preload: string;
  icon: string;
  state: WindowState;
}

/** Denies every page, whatever opens it, to navigate, to open windows and to embed others. `openLink` gets the URLs. */
export function restrictPages(openLink: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url);
      return { action: 'deny' };
    });
  });
}

/** Denies every permission, device and download to every page: Slipway needs none, and saves files through dialogs of its own. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
}

/** Opens the window: sandboxed, isolated, restricted to our origin. Shown after its first paint. */
export function openWindow({ preload, icon, state }: WindowOptions): BrowserWindow {
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
  void window.loadURL(`${appOrigin}/`);
  return window;
}
