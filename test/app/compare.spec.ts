import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { dropOn } from '../real-parts/drag.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { build } from '../real/run-test-build.ts';
import { CompareView, shootBoth } from './compare-view.ts';
import { makeProject, Workspace } from './workspace.ts';

const text = words.compare;
const folder = makeFolder('compared');
const archive = join(folder, 'slim.tar');
let engine: RealEngine;
let open: OpenApp;
let page: Page;
let view: CompareView;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  engine = await startEngine();
  await loadBusybox(engine);
  const client = await connectTo(engine);
  const write = (kilobytes: number, path: string): string =>
    `mkdir -p $(dirname ${path}) && head -c ${kilobytes * 1000} /dev/urandom > ${path}`;
  const common = `FROM busybox\nRUN ${write(9000, '/usr/lib/common/base.so')}\n`;
  await build(
    client,
    `${common}RUN ${write(30_000, '/usr/lib/gcc/cc1')} && ${write(12_000, '/usr/lib/python3/all.zip')}\n` +
      `RUN ${write(8000, '/var/cache/apt/archives/a.deb')}\nENV API_TOKEN=not-a-real-one MODE=full\nEXPOSE 8080\n`,
    { options: { tag: 'shop/api:full' } }
  );
  await build(client, `${common}RUN ${write(11_000, '/usr/lib/python3/all.zip')}\nENV MODE=slim\nUSER nobody\n`, {
    options: { tag: 'shop/api:slim' }
  });
  await build(client, `FROM scratch\nCOPY --from=busybox /bin/busybox /bin/busybox\n`, {
    options: { tag: 'shop/bare:1' }
  });
  await engine.docker('save', '-o', archive, 'shop/api:slim');
});
test.afterAll(async () => {
  await engine.stop();
  removeFolders(folder);
});

test.beforeEach(async () => {
  open = await openApp({ engine });
  page = open.page;
  view = new CompareView(page);
});
test.afterEach(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
});

async function sizeOf(picture: Locator): Promise<number> {
  const box = await picture.boundingBox();
  return (box?.width ?? 0) * (box?.height ?? 0);
}

test('draws images on one scale, with the shared layers and the changes', async () => {
  await view.compareImages('full', 'slim', 'bare');
  await expect(view.pictures).toHaveCount(3);
  await expect(view.image('shop/api:full').getByText(text.baseline, { exact: true })).toBeVisible();
  await expect(view.image('shop/api:slim').getByTestId('delta')).toHaveText(/^−39\.0 MB · 6\d% smaller$/);
  await expect(view.image('shop/api:slim').getByText(/shared$/)).toContainText(/1[0-9]\.\d MB/);
  const [full, slim] = [
    await sizeOf(view.image('shop/api:full').getByTestId('compared-picture')),
    await sizeOf(view.image('shop/api:slim').getByTestId('compared-picture'))
  ];
  expect(full / slim).toBeGreaterThan(2.5);
  expect(full / slim).toBeLessThan(3.1);
  await view.row('/usr').first().waitFor();
  const gcc = view.row('gcc');
  await expect(gcc).toContainText('30.0 MB');
  await expect(gcc).toContainText(text.files.changes.removed);
  await gcc.click();
  await expect(view.image('shop/api:full').locator('.mark.selected')).not.toHaveCount(0);
  await shootBoth(page, 'size');
  await page.getByRole('group', { name: text.files.filter }).getByText(text.files.changes.shrunk).click();
  await expect(gcc).toHaveCount(0);
  await expect(view.row('all.zip')).toContainText(text.files.changes.shrunk);
});

test('compares settings in one table and masks likely secrets until they are revealed', async () => {
  await view.compareImages('full', 'slim');
  await page.getByText(text.views.config, { exact: true }).click();
  const setting = (key: string): Locator => page.getByRole('row', { name: new RegExp(`^Environment ${key}`) });
  const token = setting('API_TOKEN');
  await expect(page.getByRole('table')).not.toContainText('not-a-real-one');
  await expect(token).toContainText('••••••••');
  await expect(setting('MODE')).toContainText('slim');
  await expect(setting('PATH')).toHaveCount(0);
  await shootBoth(page, 'config');
  const table = page.getByRole('group', { name: text.views.config, exact: true });
  await view.button(text.config.reveal).focus();
  await page.keyboard.press('Tab');
  await expect(table).toBeFocused();
  await view.button(text.config.reveal).click();
  await expect(token).toContainText('not-a-real-one');
});

test('compares a local image with its dropped archive: identical', async () => {
  await view.button(words.commands['view.compare']).click();
  await expect(page.getByText(text.choices.title)).toBeVisible();
  await shoot(page, 'compare/empty');
  await view.button(text.choices.add).first().click();
  await page.getByRole('dialog').getByRole('button', { name: /slim/ }).click();
  await expect(page.getByText(text.choices.addAnotherText('shop/api:slim'))).toBeVisible();
  await dropOn(page, archive);
  await expect(view.image('slim.tar').getByText(text.sameImage('shop/api:slim'))).toBeVisible();
  await expect(view.image('slim.tar').getByTestId('delta')).toHaveText(text.sameSize);
  await expect(page.getByText(text.files.none)).toBeVisible();
  await shoot(page, 'compare/same');
});

test('shows six images as bars if their pictures would be too narrow', async () => {
  await view.compareImages('full', 'slim', 'bare');
  await expect(view.pictures).toHaveCount(3);
  for (const count of [4, 5, 6]) {
    await view.button(text.choices.add).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /full|bare/ })
      .nth(count % 2)
      .click();
    await expect(page.getByTestId('compared-image')).toHaveCount(count);
  }
  await page.setViewportSize({ width: 1024, height: 640 });
  await expect(page.getByRole('img', { name: text.bars })).toHaveCount(6);
  await expect(view.button(text.choices.add)).toBeDisabled();
  await shoot(page, 'compare/six-narrow');
});

test('reports which image is missing, and compares the others', async () => {
  await engine.docker('tag', 'shop/bare:1', 'shop/passing:1');
  await view.compareImages('full', 'slim', 'passing');
  await expect(view.pictures).toHaveCount(3);
  await engine.docker('rmi', 'shop/passing:1');
  await view.button(text.choices.add).click();
  await page.getByRole('dialog').getByRole('button', { name: /bare/ }).click();
  await expect(page.getByText(text.reading.failed('shop/passing:1'))).toBeVisible();
  await shoot(page, 'compare/gone');
  await view.button(text.reading.without).click();
  await expect(view.pictures).toHaveCount(3);
});

test('compares a build with the previous one', async () => {
  const project = makeProject('shop', { Dockerfile: 'FROM busybox\nRUN head -c 20000000 /dev/urandom > /data\n' });
  const workspace = new Workspace(page);
  await workspace.drop(project);
  await workspace.build();
  await expect(view.button(words.build.compare)).toHaveCount(0);
  writeFileSync(join(project, 'Dockerfile'), 'FROM busybox\nRUN head -c 5000000 /dev/urandom > /data\n');
  await expect(workspace.editor).toContainText('5000000');
  await workspace.build();
  await view.button(words.build.compare).click();
  await expect(page.getByTestId('compared-image')).toHaveCount(2);
  await expect(page.getByTestId('delta')).toHaveText(/^−15\.0 MB · \d\d% smaller$/);
  await expect(view.row('data')).toContainText(text.files.changes.shrunk);
  await page.setViewportSize({ width: 1024, height: 640 });
  await shoot(page, 'compare/builds-narrow');
});
