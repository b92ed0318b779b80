import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { makeProject } from './workspace.ts';
import { openApp, type OpenApp } from '../real-parts/open-app.ts';

const root = resolve(import.meta.dirname, '../..');
const electron = resolve(root, 'node_modules/electron/dist/electron');

let open: OpenApp;
test.beforeAll(async () => {
  open = await openApp();
});
test.afterAll(() => open.close());

const refused = (reason: string): Record<string, unknown> => ({ ok: false, error: { code: 'call-refused', reason } });

test('the page has no Node and no Electron, only the three functions of the bridge', async () => {
  const seen = await open.page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    bridge: Object.keys(window.slipway).sort()
  }));
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', bridge: ['call', 'drop', 'on'] });
});

test('the page is isolated, sandboxed and without Node, as read while it runs', async () => {
  const preferences = await open.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as
      (Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences }) | undefined;
    return contents?.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false
  });
  expect(preferences).toMatchObject({
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false
  });
});

test('every permission and device is denied', async () => {
  const answers = await open.page.evaluate(async () => {
    const browser = navigator as unknown as Record<
      string,
      Record<string, (options: object) => Promise<unknown>> | undefined
    >;
    const requests: Record<string, () => Promise<unknown> | undefined> = {
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
      location: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      clipboard: () => navigator.clipboard.readText(),
      usb: () => browser['usb']?.['requestDevice']?.({ filters: [] }),
      serial: () => browser['serial']?.['requestPort']?.({}),
      midi: () => navigator.requestMIDIAccess({ sysex: true })
    };
    const outcomes = Object.entries(requests).map(async ([name, request]) => {
      try {
        return (await request()) === undefined ? [] : [name];
      } catch {
        return [];
      }
    });
    const devices = ['usb', 'serial', 'hid'].map(async (name) => {
      const found = (await browser[name]?.['getDevices']?.({})) ?? (await browser[name]?.['getPorts']?.({})) ?? [];
      return (found as unknown[]).length > 0 ? [name] : [];
    });
    return (await Promise.all([...outcomes, ...devices])).flat();
  });
  expect(answers).toEqual([]);
});

test('any other page of the app cannot navigate or open windows either', async () => {
  const seen = await open.app.evaluate(async ({ BrowserWindow }) => {
    const other = new BrowserWindow({ show: false });
    await other.loadURL('app://slipway/');
    const run = (code: string): Promise<unknown> => other.webContents.executeJavaScript(code, true);
    const prevented = new Promise<boolean>((resolve) =>
      other.webContents.once('will-navigate', (event) => resolve(event.defaultPrevented))
    );
    await run(`location.assign('https://example.invalid/')`);
    const opened = await run(`window.open('https://example.invalid/') === null`);
    const result = { prevented: await prevented, opened, url: other.webContents.getURL() };
    other.destroy();
    return result;
  });
  expect(seen).toEqual({ prevented: true, opened: true, url: 'app://slipway/' });
});

test('an unknown call and invalid input are rejected', async () => {
  const call = (name: string, input: unknown): Promise<unknown> =>
    open.page.evaluate(
      ([name, input]) => (window.slipway.call as (name: unknown, input: unknown) => Promise<unknown>)(name, input),
      [name, input]
    );
  expect(await call('app.quit', {})).toMatchObject(refused('unknown-call'));
  expect(await call('constructor', {})).toMatchObject(refused('unknown-call'));
  expect(await call('project.open', { projectId: '../etc' })).toMatchObject(refused('bad-input'));
  expect(await call('menu.enable', { commands: ['app.quit'] })).toMatchObject(refused('bad-input'));
  expect(await call('app.openLink', { url: 'file:///etc/passwd' })).toMatchObject({ error: { code: 'link-refused' } });
  expect(await call('project.open', { projectId: 'a'.repeat(16) })).toMatchObject({
    error: { code: 'project-unknown' }
  });
});

test('input that cannot be cloned is a refused call, not an error', async () => {
  const replies = await open.page.evaluate(async () => {
    const { call, drop } = window.slipway as unknown as Record<string, (...input: unknown[]) => Promise<unknown>>;
    let deep: unknown = {};
    for (let level = 0; level < 2000; level += 1) deep = { deep };
    const inputs = [
      () => call?.('settings.get', deep),
      () => call?.('settings.get', new WeakMap()),
      () => drop?.([deep])
    ];
    return Promise.allSettled(inputs.map(async (ask) => ask()));
  });
  // What the bridge itself cannot pass on fails in the page, before the preload sees it.
  const answers = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []));
  for (const answer of answers) expect(answer).toHaveProperty('ok');
  expect(await open.page.evaluate(() => window.slipway.call('settings.get', {}))).toMatchObject({ ok: true });
});

test('the page cannot name a path: only dropped files have one', async () => {
  const reply = await open.page.evaluate(() => {
    const { drop } = window.slipway as unknown as { drop: (files: unknown[]) => Promise<unknown> };
    return drop([{ path: '/etc' }, Object.create(File.prototype, { path: { value: '/etc' } })]);
  });
  expect(reply).toMatchObject({ ok: true, value: { projects: [], archives: [], failures: [] } });
});

test('a download is blocked', async () => {
  const states = await open.app.evaluate(async ({ session, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const prevented = new Promise<boolean>((resolve) => {
      session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented));
    });
    await window?.webContents.executeJavaScript(
      `{ const link = document.createElement('a'); link.href = location.href; link.download = 'x'; link.click(); }`,
      true
    );
    return prevented;
  });
  expect(states).toBe(true);
});

test('a page that crashed is reloaded, and the user decides when it crashes again', async () => {
  const own = await openApp();
  const result = await own.app.evaluate(async ({ BrowserWindow, dialog }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('no window');
    const loaded = () => new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()));
    const asked: string[] = [];
    dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
      asked.push(options.message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as unknown as typeof dialog.showMessageBox;
    for (let crash = 0; crash < 2; crash += 1) {
      const again = loaded();
      window.webContents.forcefullyCrashRenderer();
      await again;
    }
    const answer: unknown = await window.webContents.executeJavaScript(`window.slipway.call('settings.get', {})`);
    return { asked, answer };
  });
  expect(result.asked).toEqual([words.app.pageCrashed]);
  expect(result.answer).toMatchObject({ ok: true });
  await own.close();
});

test('a data folder that cannot be written ends the app with a message', async () => {
  const child = spawn(electron, [root, '--no-sandbox'], {
    env: { ...process.env, SLIPWAY_USER_DATA: '/proc/slipway' },
    stdio: ['ignore', 'ignore', 'pipe']
  });
  let stderr = '';
  for await (const chunk of child.stderr) {
    stderr += String(chunk);
    // The dialog then waits for the user.
    if (stderr.includes('/proc/slipway')) child.kill();
  }
  expect(stderr).toContain(words.app.dataFolderUnwritable('/proc/slipway'));
});

test('another window is rejected', async () => {
  const preload = resolve(import.meta.dirname, '../../out/preload/preload.cjs');
  const answer = await open.app.evaluate(async ({ BrowserWindow }, file) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload: file } });
    await window.loadURL('app://slipway/');
    const given: unknown = await window.webContents.executeJavaScript("window.slipway.call('settings.get', {})");
    window.destroy();
    return given;
  }, preload);
  expect(answer).toMatchObject(refused('sender'));
});

test('navigation, new windows and permissions are denied', async () => {
  const url = open.page.url();
  await open.page.evaluate(() => location.assign('https://example.invalid/'));
  const windows = await open.page.evaluate(() => window.open('https://example.invalid/') === null);
  expect(windows).toBe(true);
  expect(open.page.url()).toBe(url);
  const permission = await open.page.evaluate(() => Notification.requestPermission());
  expect(permission).toBe('denied');
});

test('inline scripts and external styles are blocked by the policy', async () => {
  const ran = await open.page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
    } catch {
      return false;
    }
    return Reflect.get(globalThis, 'injected') === true;
  });
  expect(ran).toBe(false);
});

test('the licenses of the third-party software are readable in the app', async () => {
  const own = await openApp();
  // The page enables the items of the menu once it can run them.
  const clickItem = (): Promise<boolean> =>
    own.app.evaluate(({ Menu }) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById('app.licenses');
      item?.click();
      return item?.enabled ?? false;
    });
  await expect.poll(clickItem).toBe(true);
  const dialog = own.page.getByRole('dialog', { name: words.settings.about.licenses });
  await expect(dialog).toContainText('svelte');
  await expect(dialog).toContainText('SIL OPEN FONT LICENSE');
  await own.close();
});

test('control characters and direction marks in the name of a folder, a file and its text are visible', async () => {
  const folder = makeProject('proj\u202egnp', {
    'Dockerfile.\u202efile': 'FROM scratch\n# a\u202eb\n',
    Dockerfile: 'FROM scratch\n# a\u202eb\n'
  });
  const own = await openApp({ folders: [folder] });
  await expect(own.page.getByTestId('workspace')).toContainText('proj\ufffdgnp');
  await expect(own.page).toHaveTitle(/proj\ufffdgnp/);
  expect(await own.page.locator('body').innerText()).not.toContain('\u202e');
  await expect(own.page.locator('.cm-specialChar').first()).toBeVisible();
  await own.close();
});
