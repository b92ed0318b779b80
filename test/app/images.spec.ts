import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { build } from '../real/run-test-build.ts';

const text = words.images;
const folder = makeFolder('archives');
let engine: RealEngine;
let open: OpenApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  engine = await startEngine();
  await loadBusybox(engine);
  const client = await connectTo(engine);
  const common = 'FROM busybox\nRUN head -c 30000000 /dev/urandom > /common\n';
  const make = (rest: string, tag: string): Promise<unknown> => build(client, common + rest, { options: { tag } });
  await make('RUN head -c 40000000 /dev/urandom > /one\n', 'shop/api:1.8.1');
  await make('RUN head -c 42000000 /dev/urandom > /two\n', 'shop/api:1.8.2');
  await make('RUN head -c 60000000 /dev/urandom > /web\n', 'shop/web:2.0');
  await make('RUN head -c 25000000 /dev/urandom > /old\n', 'shop/old:1');
  await engine.docker('tag', 'busybox:latest', 'shop/old:1');
});
test.afterAll(async () => {
  await engine.stop();
  removeFolders(folder);
});

test.beforeEach(async () => {
  open = await openApp({ engine });
  page = open.page;
  await page.getByRole('button', { name: words.commands['view.images'], exact: true }).click();
  await expect(page.getByText(/on disk, shared layers counted once/)).toBeVisible();
});
test.afterEach(() => open.close());

const row = (name: string | RegExp): Locator => page.getByRole('row').filter({ hasText: name });
const check = (name: string | RegExp): Promise<void> => row(name).locator('[data-check]').click();
const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
/** The cell of a row below a column's header. */
async function cell(name: string, column: string): Promise<Locator> {
  const headers = await page.getByRole('columnheader').allInnerTexts();
  const index = headers.findIndex((header) => header.startsWith(column));
  return row(name).locator('[role=gridcell], [role=rowheader]').nth(index);
}

test('shows what images share and what removing each one reclaims', async () => {
  await expect(await cell('1.8.2', text.columns.total)).toHaveText(/7[2-5]\.\d MB/);
  await expect(await cell('1.8.2', text.columns.reclaims)).toHaveText('42.0 MB');
  await expect(await cell('busybox', text.columns.reclaims)).toHaveText('0');
  await expect(page.getByText('25.0 MB in untagged images')).toBeVisible();
  // By name: images created within the same second are otherwise in any order.
  await button(text.columns.repository).click();
  await check('1.8.2');
  await row('1.8.1').click({ modifiers: ['Shift'] });
  await expect(page.getByText(text.selected(2))).toBeVisible();
  await expect(page.getByText(text.selectedReclaims('82.0 MB'))).toBeVisible();
  await shoot(page, 'images/selected');
});

test('filters while typing, sorts by a column and groups by repository', async () => {
  await page.getByRole('searchbox', { name: text.filter }).fill('api 1.8');
  await expect(row('shop/')).toHaveCount(2);
  await page.getByRole('searchbox', { name: text.filter }).fill('nothing such');
  await expect(page.getByText(text.noMatch.title)).toBeVisible();
  await button(text.noMatch.clear).click();
  await page.getByRole('columnheader').getByRole('button', { name: text.columns.reclaims }).click();
  await expect(page.getByRole('row').nth(1)).toContainText('shop/web');
  for (const [column, first, last] of [
    [text.columns.repository, text.untagged, 'shop/web'],
    [text.columns.total, 'shop/web', 'busybox']
  ] as const) {
    const header = page.getByRole('columnheader').filter({ hasText: column });
    const sortButton = header.getByRole('button');
    await sortButton.click();
    await expect(page.getByRole('row').nth(1)).toContainText(first);
    const order = await header.getAttribute('aria-sort');
    await sortButton.press('Enter');
    await expect(page.getByRole('row').nth(1)).toContainText(last);
    await expect(header).toHaveAttribute('aria-sort', order === 'ascending' ? 'descending' : 'ascending');
  }
  await button(text.columns.reclaims).click();
  await button(text.group).click();
  await page.getByRole('menuitem', { name: text.grouping.repository }).click();
  const group = row('shop/api').filter({ hasText: text.groupTags(2) });
  await expect(group).toContainText('82.0 MB');
  await shoot(page, 'images/grouped');
  await group.click();
  await expect(row('1.8.2')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(row('1.8.2')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(row('1.8.2')).toHaveCount(0);
});

test('works by keyboard alone', async () => {
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText(text.selected(3))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(text.selected(3))).toBeHidden();
  await page.keyboard.press('Space');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(button(text.back)).toBeVisible();
  await expect(page.getByText(words.layers.title, { exact: true })).toBeVisible();
});

test('adds a tag, warns about a tag that would be moved, and follows changes by others', async () => {
  await check('shop/web');
  await button(text.tag).click();
  const name = page.getByRole('dialog').getByLabel(text.tagging.label);
  await name.fill('Shop/Web');
  await page.getByRole('dialog').getByRole('button', { name: text.tagging.confirm }).click();
  await expect(page.getByRole('alert')).toContainText(/upper|lower/);
  await name.fill('shop/api:1.8.1');
  await expect(page.getByText(text.tagging.moves('shop/api:1.8.1'))).toBeVisible();
  await name.fill('shop/web:stable');
  await page.keyboard.press('Enter');
  await expect(row('stable')).toBeVisible();
  await expect(await cell('stable', text.columns.reclaims)).toHaveText('0');
  await engine.docker('rmi', 'shop/web:stable');
  await expect(row('stable')).toHaveCount(0);
});

test('removes with the announced effect, keeps images that a container uses', async () => {
  await engine.docker('create', '--name', 'holder', '--network', 'none', 'shop/api:1.8.1', 'sh');
  await check('1.8.1');
  await check('1.8.2');
  await button(text.remove).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(text.removal.reclaims('42.0 MB'));
  await expect(dialog).toContainText(text.removal.stopped('holder'));
  await shoot(page, 'images/remove');
  await dialog.getByRole('button', { name: text.removal.confirm({ images: 1, tags: 0 }) }).click();
  await expect(page.getByText(text.removal.reclaimed('42.0 MB'))).toBeVisible();
  await expect(row('1.8.2')).toHaveCount(0);
  await expect(row('1.8.1')).toHaveCount(1);
  await engine.docker('rm', 'holder');
});

test('cleans up untagged images', async () => {
  await button(text.cleanUp).click();
  await expect(page.getByRole('dialog')).toContainText(text.removal.reclaims('25.0 MB'));
  await page
    .getByRole('dialog')
    .getByRole('button', { name: text.removal.confirm({ images: 1, tags: 0 }) })
    .click();
  await expect(row(text.untagged)).toHaveCount(0);
  await expect(button(text.cleanUp)).toBeDisabled();
});

test('saves to an archive and loads it again', async () => {
  const file = join(folder, 'web.tar');
  await open.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await check('shop/web');
  await button(text.save).click();
  await expect(page.getByText(/^Saved web\.tar \(\d/)).toBeVisible({ timeout: 20_000 });
  expect(existsSync(file)).toBe(true);
  await engine.docker('rmi', 'shop/web:2.0');
  await expect(row('shop/web')).toHaveCount(0);
  await button(text.load).click();
  await expect(page.getByText(text.transfer.loaded('web.tar'))).toBeVisible({ timeout: 20_000 });
  await expect(row('shop/web')).toHaveCount(1);
  await shoot(page, 'images/loaded');
});

test('keeps the list visible when the engine is lost, and updates it again when it is back', async () => {
  await engine.kill();
  await expect(page.getByText(/^Lost connection to /)).toBeVisible();
  await expect(row('busybox')).toBeVisible();
  await expect(button(text.load)).toBeDisabled();
  await shoot(page, 'images/engine-lost');
  await engine.start();
  await expect(button(text.load)).toBeEnabled({ timeout: 20_000 });
  await engine.docker('tag', 'busybox:latest', 'back:again');
  await expect(row('back')).toBeVisible();
});
