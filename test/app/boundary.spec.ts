import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { openApp, type OpenApp } from '../real-parts/open-app.ts';

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
