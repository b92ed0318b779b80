import { expect, test, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import type { Files } from '../unit/core/archive/image-archive.ts';
import { CompareView, writeArchive } from './compare-view.ts';

const text = words.compare.map;
const folder = makeFolder('difference');
const bytes = (kilobytes: number): Buffer => Buffer.alloc(kilobytes * 1000, 7);
const common: Files = { 'lib/libc.so': bytes(2000), 'etc/motd': 'hello' };
const archives: string[] = [];
let open: OpenApp;
let page: Page;
let view: CompareView;

test.beforeAll(async () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`usr/share/doc/page-${at}`, bytes(1)]));
  archives.push(
    await writeArchive(folder, 'full.tar', [
      common,
      {
        'usr/lib/gcc/cc1': bytes(3000),
        'usr/lib/gcc/lto1': bytes(900),
        'usr/lib/python3/all.zip': bytes(1200),
        ...many
      }
    ]),
    await writeArchive(folder, 'slim.tar', [
      common,
      { 'usr/lib/python3/all.zip': bytes(1100), 'opt/service/a-binary-with-a-rather-long-name.bin': bytes(800) }
    ]),
    await writeArchive(folder, `other-${'with-a-long-name-'.repeat(5)}.tar`, [{ 'opt/other': bytes(500) }])
  );
});
test.afterAll(() => removeFolders(folder));
test.beforeEach(async () => {
  open = await openApp();
  page = open.page;
  view = new CompareView(page);
});
test.afterEach(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
});

test('shows the bytes that differ, zooms into directories and back, and highlights a path in the table', async () => {
  await view.drop(...archives.slice(0, 2));
  await expect(view.pictures).toHaveCount(2);
  await view.open('difference');
  const cell = (name: RegExp) => view.map.getByRole('treeitem', { name });
  await expect(cell(/^\/usr\/lib\/gcc\/cc1, 3\.0 MB → absent, −3\.0 MB · removed$/)).toHaveCount(1);
  await expect(cell(/^\/opt\/service\/a-binary.*, absent → 800 kB, \+800 kB · added$/)).toHaveCount(1);
  await expect(page.getByText(text.grown('800 kB'))).toBeVisible();
  await expect(page.getByText(text.shrunk('4.4 MB'))).toBeVisible();
  await cell(/cc1/).click();
  await expect(view.row('cc1')).toHaveAttribute('aria-selected', 'true');
  await expect(view.map.locator('.mark.selected')).toHaveCount(1);
  await shoot(page, 'compare/difference');
  await page.mouse.move(0, 0);
  await view.row('lto1').click();
  await expect(cell(/lto1/)).toHaveAttribute('aria-selected', 'true');
  await view.map.focus();
  await cell(/cc1/).dblclick();
  const crumbs = page.getByRole('navigation', { name: words.layers.breadcrumb });
  await expect(crumbs.locator('[aria-current]')).toHaveText('gcc');
  await expect(cell(/service/)).toHaveCount(0);
  await expect(page.getByText(text.grown('0 B'))).toBeVisible();
  await shoot(page, 'compare/difference-zoomed');
  await crumbs.getByRole('button', { name: text.root }).click();
  await expect(cell(/service/)).toHaveCount(1);
  await view.open('size');
  await expect(view.image('full.tar').locator('.mark.selected')).not.toHaveCount(0);
});

test('is navigated by keyboard, and groups cells that are too small to see', async () => {
  await view.drop(...archives.slice(0, 2));
  await view.open('difference');
  await expect(view.map.getByRole('treeitem').first()).toBeVisible();
  await view.map.focus();
  await page.keyboard.press('Enter');
  const crumbs = page.getByRole('navigation', { name: words.layers.breadcrumb });
  await expect(crumbs.locator('[aria-current]')).not.toHaveText(text.root);
  await page.keyboard.press('Escape');
  await expect(crumbs.locator('[aria-current]')).toHaveText(text.root);
  await page.setViewportSize({ width: 1024, height: 640 });
  await expect(view.map.getByRole('treeitem', { name: /share\/doc|smaller items/ })).not.toHaveCount(0);
  await shoot(page, 'compare/difference-narrow');
});

test('compares one of several images with any baseline', async () => {
  await view.drop(...archives);
  await expect(view.pictures).toHaveCount(3);
  await view.open('difference');
  await expect(page.getByTestId('difference-view')).toContainText(text.comparedWith('full.tar'));
  await view.page.getByRole('button', { name: text.choose }).click();
  await page.getByRole('menuitem', { name: /other-with/ }).click();
  await expect(view.map.getByRole('treeitem', { name: /opt\/other.*added/ })).toHaveCount(1);
  await shoot(page, 'compare/difference-of-three');
  await page.setViewportSize({ width: 1024, height: 640 });
  await shoot(page, 'compare/difference-long-name');
  await page.setViewportSize({ width: 1440, height: 900 });
  await view.open('size');
  await page
    .getByRole('region', { name: /^other-with/ })
    .getByRole('button', { name: words.compare.setBaseline })
    .click();
  await view.open('difference');
  await expect(view.map.getByRole('treeitem', { name: /opt\/other.*removed/ })).toHaveCount(1);
});
