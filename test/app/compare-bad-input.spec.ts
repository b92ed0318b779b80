import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { dropOn } from '../real-parts/drag.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { build } from '../real/run-test-build.ts';
import type { Files } from '../unit/core/archive/image-archive.ts';
import { CompareView, writeArchive } from './compare-view.ts';

const text = words.compare;
const folder = makeFolder('bad-input');
const bytes = (kilobytes: number): Buffer => Buffer.alloc(kilobytes * 1000, 7);
const plain: Files = { 'bin/service': bytes(900), 'etc/motd': 'hello' };
let open: OpenApp;
let page: Page;
let view: CompareView;

test.afterAll(() => removeFolders(folder));
test.afterEach(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
});

async function start(engine?: RealEngine): Promise<void> {
  open = await openApp(engine ? { engine } : {});
  page = open.page;
  view = new CompareView(page);
}

test.describe('of archives', () => {
  test.beforeEach(() => start());

  test('images for different platforms are compared, with a note', async () => {
    await view.drop(
      await writeArchive(folder, 'amd64.tar', [plain]),
      await writeArchive(folder, 'arm64.tar', [{ 'bin/service': bytes(800) }], { os: 'linux', architecture: 'arm64' })
    );
    await expect(view.pictures).toHaveCount(2);
    await expect(page.getByText(text.platforms)).toBeVisible();
    await expect(page.getByText(text.platformsText('linux/amd64, linux/arm64'))).toBeVisible();
    await shoot(page, 'compare/bad-platforms');
  });

  test('empty images have no picture, and no invalid number', async () => {
    await view.drop(await writeArchive(folder, 'empty.tar', []), await writeArchive(folder, 'bare.tar', [{}]));
    await expect(page.getByText(text.noBytes)).toHaveCount(2);
    await expect(view.image('bare.tar').getByTestId('delta')).toHaveText(text.sameSize);
    await expect(page.locator('body')).not.toContainText(/NaN|Infinity|undefined/);
    await view.open('difference');
    await expect(page.getByText(text.map.sameSizes)).toBeVisible();
    await view.open('size');
    await view.drop(await writeArchive(folder, 'plain.tar', [plain]));
    await expect(view.image('plain.tar').getByTestId('delta')).toHaveText(text.grown('900 kB'));
    await expect(view.pictures).toHaveCount(1);
    await expect(page.locator('body')).not.toContainText(/NaN|Infinity|undefined/);
    await shoot(page, 'compare/bad-no-bytes');
  });

  test('a file that is not an image is reported and changes nothing, and archives dropped together are all added', async () => {
    const broken = join(folder, 'broken.tar');
    writeFileSync(broken, 'not an archive');
    await view.show();
    await dropOn(
      page,
      await writeArchive(folder, 'one.tar', [plain]),
      await writeArchive(folder, 'two.tar', [{ 'opt/other': bytes(500) }])
    );
    await expect(view.pictures).toHaveCount(2);
    await expect(view.image('one.tar').getByText(text.baseline, { exact: true })).toBeVisible();
    await dropOn(page, broken);
    await expect(page.getByText('broken.tar is not a container image')).toBeVisible();
    await expect(view.pictures).toHaveCount(2);
    await shoot(page, 'compare/bad-archive');
  });

  test('images without a shared layer are reported as such', async () => {
    await view.drop(
      await writeArchive(folder, 'one.tar', [plain]),
      await writeArchive(folder, 'two.tar', [{ 'opt/other': bytes(500) }])
    );
    await expect(page.getByText(new RegExp(text.noneShared))).toBeVisible();
    await expect(view.image('two.tar').getByText(/shared$/)).toHaveCount(0);
  });

  test('an image with a hundred layers is next to one with two', async () => {
    const layers = Array.from({ length: 100 }, (_, at) => ({ [`layer-${at}/file`]: bytes(20 + at) }));
    await view.drop(
      await writeArchive(folder, 'hundred.tar', layers),
      await writeArchive(folder, 'two.tar', layers.slice(0, 2))
    );
    await expect(view.pictures).toHaveCount(2);
    await expect(view.image('two.tar').getByText(text.shared('41.0 kB'))).toBeVisible();
    await expect(page.getByText(text.files.count(98))).toBeVisible();
    await shoot(page, 'compare/bad-hundred-layers');
    await view.open('difference');
    await expect(view.map.getByRole('treeitem', { name: /layer-99.*removed/ })).toHaveCount(1);
    await view.open('config');
    await expect(page.getByRole('table')).toBeVisible();
  });
});

test.describe('of an engine', () => {
  let engine: RealEngine;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    engine = await startEngine();
    await loadBusybox(engine);
    const client = await connectTo(engine);
    const make = (tag: string, run: string): Promise<unknown> =>
      build(client, `FROM busybox\nRUN ${run}\n`, { options: { tag: `shop/${tag}:1` } });
    await make('large', 'head -c 600000000 /dev/urandom > /large');
    await make('small', 'head -c 20000000 /dev/urandom > /small');
    await make('aye', 'printf aye > /said');
    await make('nay', 'sleep 1.1 && printf nay > /said');
  });
  test.afterAll(() => engine.stop());
  test.beforeEach(() => start(engine));

  async function compare(...names: string[]): Promise<void> {
    await view.compareImages(...names.map((name) => `shop/${name}`));
  }

  test('reading is canceled immediately, and resumed', async () => {
    await compare('large', 'small');
    await expect(page.getByTestId('comparison-progress')).toContainText(/exporting|read/);
    await view.button(text.reading.cancel).click();
    await expect(page.getByText(text.reading.cancelled, { exact: true })).toBeVisible({ timeout: 2000 });
    await shoot(page, 'compare/bad-cancelled');
    await view.button(text.reading.resume).click();
    await expect(view.pictures).toHaveCount(2, { timeout: 60_000 });
  });

  test('files of the same size with different content are listed, and have no area', async () => {
    await compare('aye', 'nay');
    await expect(view.pictures).toHaveCount(2);
    await expect(page.getByTestId('delta')).toHaveText(text.sameSize);
    await expect(view.row('/said')).toContainText('3 B');
    await view.open('difference');
    await expect(page.getByText(text.map.sameSizes)).toBeVisible();
    await expect(page.getByText(text.map.sameSizesText)).toBeVisible();
    await expect(view.row('/said')).toBeVisible();
    await shoot(page, 'compare/bad-same-sizes');
  });

  test('a lost engine keeps the data that was read, and the image that failed is named', async () => {
    await compare('aye', 'small');
    await expect(view.pictures).toHaveCount(2);
    await engine.kill();
    await expect(page.getByRole('button', { name: /disconnected/ })).toBeVisible();
    await view.open('difference');
    await expect(view.map.getByRole('treeitem', { name: /^\/small, absent → 20\.0 MB/ })).toHaveCount(1);
    await view.open('size');
    await view.image('shop/small:1').getByRole('button', { name: text.setBaseline }).click();
    await expect(view.image('shop/aye:1').getByTestId('delta')).toContainText('−20.0 MB');
    await shoot(page, 'compare/bad-engine-lost');
    await engine.start();
    await expect(page.getByRole('button', { name: /Docker \d/ })).toBeVisible({ timeout: 20_000 });
  });

  test('an engine lost while reading is reported, and reading can be retried', async () => {
    await compare('large', 'small');
    await expect(page.getByTestId('comparison-progress')).toContainText(/MB read/, { timeout: 60_000 });
    await engine.kill();
    await expect(page.getByText(/^Lost connection to /).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(text.reading.failed('shop/large:1'))).toBeVisible();
    await shoot(page, 'compare/bad-engine-lost-reading');
    await engine.start();
    await expect(page.getByRole('button', { name: /Docker \d/ })).toBeVisible({ timeout: 20_000 });
    await page.getByTestId('comparison-progress').getByRole('button', { name: words.app.tryAgain }).click();
    await expect(view.pictures).toHaveCount(2, { timeout: 60_000 });
  });
});
