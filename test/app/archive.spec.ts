import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeImage, ociFiles, packFiles } from '../unit/core/archive/image-archive.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = makeFolder('archive-app');
const archive = join(folder, 'both.tar');
const platformOf = (architecture: string) => ({ os: 'linux', architecture });
let open: OpenApp;

test.beforeAll(async () => {
  const picture = readFileSync(join(root, 'resources/icons/icon-64.png'));
  const [amd64, arm64] = await Promise.all([
    makeImage([{ 'usr/lib/x86.so': 'x'.repeat(60_000), 'srv/icon.png': picture }], platformOf('amd64')),
    makeImage([{ 'usr/lib/arm.so': 'y'.repeat(40_000) }], platformOf('arm64'))
  ]);
  const images = [
    { ...amd64, platform: platformOf('amd64'), name: 'shop/api:1' },
    { ...arm64, platform: platformOf('arm64'), name: 'shop/api:1' }
  ];
  writeFileSync(archive, await packFiles(ociFiles(images)));
});
test.afterAll(() => removeFolders(folder));
test.beforeEach(async () => {
  open = await openApp();
});
test.afterEach(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
});

const heading = (name: string): Locator => open.page.getByRole('heading', { level: 1, name });
const cell = (name: RegExp): Locator => open.page.getByRole('treeitem', { name });

/** Starts the app again, as a file manager does to open a file with it. */
async function openFromOutside(file: string): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = { ...process.env, SLIPWAY_USER_DATA: open.dataFolder };
  const electron = join(root, 'node_modules/electron/dist/electron');
  await once(spawn(electron, [...asRoot, root, file], { env, stdio: 'ignore' }), 'exit');
}

test('an archive opened from outside opens in the running window, which can switch to its other image', async () => {
  await open.page.getByRole('button', { name: words.start.sample }).waitFor();
  await openFromOutside(archive);
  await expect(heading('both.tar')).toBeVisible();
  await expect(cell(/^\/usr\/lib\/x86\.so/)).toBeVisible();
  await open.page.getByRole('button', { name: words.images.archive.choose }).click();
  await expect(open.page.getByRole('menuitem')).toHaveCount(2);
  await shoot(open.page, 'states/archive-choice');
  await open.page.getByRole('menuitem', { name: /arm64/ }).click();
  await expect(cell(/^\/usr\/lib\/arm\.so/)).toBeVisible();
  await expect(cell(/^\/usr\/lib\/x86\.so/)).toHaveCount(0);
  await expect(open.page.getByText(/linux\/arm64/).first()).toBeVisible();
});

test('a picture in a layer has a preview', async () => {
  await open.page.getByRole('button', { name: words.start.sample }).waitFor();
  await openFromOutside(archive);
  await open.page.getByRole('radio', { name: words.layers.views.files }).click();
  await open.page.getByRole('searchbox', { name: words.files.search }).fill('icon.png');
  await open.page.getByRole('row', { name: /icon\.png/ }).click();
  await open.page.getByRole('button', { name: words.files.view, exact: true }).click();
  const picture = open.page.getByRole('dialog').getByRole('img', { name: 'icon.png' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await shoot(open.page, 'states/picture-preview');
});
