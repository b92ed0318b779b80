import { expect, test } from '@playwright/test';
import { windowBackground } from '#contract/domain/window-background.ts';
import { words } from '#contract/words/words.ts';
import { makeFolder, openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

let open: OpenApp;
let workspace: Workspace;

test.beforeEach(async () => {
  open = await openApp();
  workspace = new Workspace(open.page);
  await workspace.button(words.start.sample).waitFor();
});
test.afterEach(() => open.close());

test('the window is restored with its last position and size', async () => {
  const windowBounds = { x: 130, y: 70, width: 1180, height: 720 };
  const dataFolder = makeFolder('data');
  const first = await openApp({ dataFolder });
  await first.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    windowBounds
  );
  await first.close();
  const second = await openApp({ dataFolder });
  const bounds = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toEqual(windowBounds);
  await second.close();
});

test('the window opens in the theme that it was closed in', async () => {
  const dataFolder = makeFolder('data');
  const backgroundAfterRestart = async (theme: 'light' | 'dark'): Promise<string | undefined> => {
    const first = await openApp({ dataFolder });
    await first.page.evaluate((chosen) => window.slipway.call('settings.change', { theme: chosen }), theme);
    await first.close();
    const second = await openApp({ dataFolder });
    const background = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase()
    );
    await second.close();
    return background;
  };
  expect(await backgroundAfterRestart('light')).toBe(windowBackground.light);
  expect(await backgroundAfterRestart('dark')).toBe(windowBackground.dark);
});

test('the palette finds a command by a few letters and runs it', async () => {
  const { page } = open;
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await background();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('light dark');
  await expect(page.getByRole('option', { selected: true })).toContainText(words.commands['theme.toggle']);
  await shoot(page, 'states/palette');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(background).not.toBe(before);
});

test('the menu grays out disabled commands', async () => {
  const canRun = (id: string): Promise<boolean | undefined> =>
    open.app.evaluate(({ Menu }, command) => Menu.getApplicationMenu()?.getMenuItemById(command)?.enabled, id);
  await expect.poll(() => canRun('project.choose')).toBe(true);
  expect(await canRun('project.showInFolder')).toBe(false);
  expect(await canRun('file.save')).toBe(false);
  await workspace.drop(makeProject('menu', { Dockerfile: 'FROM scratch\n' }));
  await expect.poll(() => canRun('project.showInFolder')).toBe(true);
  expect(await canRun('file.save')).toBe(false);
  await workspace.type('FROM scratch\nLABEL a=b\n');
  await expect.poll(() => canRun('file.save')).toBe(true);
  // Without an engine, building is disabled.
  expect(await canRun('build.start')).toBe(false);
});
