import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
const screenshots = join(root, 'screenshots');

export interface OpenAppOptions {
  /** DOCKER_HOST of the app. Default: one without an engine. */
  readonly engine?: { readonly host: string };
  /** The session bus to use; default: none. */
  readonly bus?: { readonly env: NodeJS.ProcessEnv };
  /** Settings and records from an earlier run of makeDataFolder; default: empty. */
  readonly dataFolder?: string;
  readonly home?: string;
  /** Folders on the command line. */
  readonly folders?: string[];
  readonly env?: NodeJS.ProcessEnv;
}

export interface OpenApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataFolder: string;
  /** Warnings and errors on the page's console, and uncaught errors. */
  readonly pageErrors: string[];
  close(): Promise<void>;
}

/** A folder that outlives the app, for tests that restart it. */
export function makeFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `slipway-${name}-`));
}

/** The real app with its own home folder, without access to the user's files and settings. */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenApp> {
  const home = options.home ?? options.bus?.env['HOME'] ?? makeFolder('home');
  const dataFolder = options.dataFolder ?? makeFolder('data');
  const asRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: join(root, 'node_modules/electron/dist/electron'),
    args: [root, ...(options.folders ?? [])],
    cwd: root,
    chromiumSandbox: !asRoot,
    env: {
      PATH: process.env['PATH'] ?? '',
      DISPLAY: process.env['DISPLAY'] ?? '',
      LANG: 'C.UTF-8',
      XDG_RUNTIME_DIR: makeRunFolder(home),
      ...(options.bus?.env as Record<string, string> | undefined),
      HOME: home,
      SLIPWAY_USER_DATA: dataFolder,
      ...(options.engine ? { DOCKER_HOST: options.engine.host } : {}),
      ...(options.env as Record<string, string> | undefined)
    }
  });
  const page = await app.firstWindow();
  const pageErrors: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) pageErrors.push(message.text());
  });
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  const close = async (): Promise<void> => {
    await confirmEverything(app).catch(() => undefined);
    await app.close();
  };
  return { app, page, dataFolder, pageErrors, close };
}

/** Answers the question before quitting during a job; fails if the app has ended. */
async function confirmEverything(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
}

/** Screenshots of the page, NAME.png and NAME-dark.png under screenshots/. */
export async function shoot(page: Page, name: string): Promise<void> {
  const shootIn = async (colorScheme: 'light' | 'dark', file: string): Promise<void> => {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(screenshots, file), animations: 'disabled' });
  };
  await shootIn('dark', `${name}-dark.png`);
  await shootIn('light', `${name}.png`);
}

/** Removes the folders of a test. */
export function removeFolders(...folders: string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function makeRunFolder(home: string): string {
  const folder = join(home, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
