import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
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
