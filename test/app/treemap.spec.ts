import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { dropOn } from '../real-parts/drag.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

/** A layer with two directories, one that hides part of it, and a file to preview. */
const dockerfile = [
  'FROM busybox',
  'RUN mkdir -p /data/kept /data/gone && head -c 3000000 /dev/zero > /data/kept/big.bin && head -c 1000000 /dev/zero > /data/gone/cache.bin',
  'RUN rm -r /data/gone',
  'COPY notes.txt /srv/notes.txt'
].join('\n');
const notes = Array.from({ length: 400 }, (_, line) => `line ${line + 1} of the notes\n`).join('');

let engine: RealEngine;
let open: OpenApp;
let workspace: Workspace;
const text = words.layers;

test.beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
  open = await openApp({ engine });
  workspace = new Workspace(open.page);
  await workspace.drop(makeProject('treemap', { Dockerfile: `${dockerfile}\n`, 'notes.txt': notes }));
  await workspace.build('finished');
  await expect(search()).toBeVisible({ timeout: 30_000 });
});
test.afterAll(async () => {
  await open.close();
  await engine.stop();
});

const search = () => open.page.getByRole('searchbox', { name: words.files.search });
const cell = (name: string | RegExp) => workspace.treemap.getByRole('treeitem', { name });
const crumbs = () => open.page.getByRole('navigation', { name: text.breadcrumb });

test('after a build the files are in their layers, area is proportional to bytes, and hidden files are reported', async () => {
  const big = await cell(/^\/data\/kept\/big\.bin, 3\.0 MB/).boundingBox();
  const gone = await cell(/^\/data\/gone\/cache\.bin, 1\.0 MB/).boundingBox();
  const ratio = ((big?.width ?? 0) * (big?.height ?? 0)) / ((gone?.width ?? 0) * (gone?.height ?? 1));
  expect(ratio).toBeGreaterThan(2.9);
  expect(ratio).toBeLessThan(3.1);
  await expect(open.page.getByRole('button', { name: text.hiddenSize('1.0 MB') })).toBeVisible();
  await cell(/^\/data\/gone/).hover();
  await expect(open.page.getByText(text.hatches.hidden, { exact: true }).last()).toBeVisible();
  await shoot(open.page, 'states/treemap-files');
});

test('Enter zooms into a layer and its directories, Escape and the breadcrumbs lead back', async () => {
  await cell(/^mkdir/).click({ position: { x: 20, y: 8 } });
  await workspace.treemap.press('Enter');
  await expect(crumbs().getByText('mkdir', { exact: false })).toHaveAttribute('aria-current', 'true');
  await expect(cell(/^\/data, /)).toBeVisible();
  await cell(/^\/data\/kept/).click();
  await workspace.treemap.press('Escape');
  await expect(crumbs().getByText(text.root, { exact: true })).toHaveAttribute('aria-current', 'true');
  await cell(/^\/data\/kept/).dblclick();
  await expect(crumbs().getByRole('button', { name: text.root, exact: true })).toBeVisible();
  await crumbs().getByRole('button', { name: text.root, exact: true }).click();
  await expect(cell(/^mkdir/)).toBeVisible();
});

test('a search shows the total of its matches', async () => {
  await search().fill('*.bin');
  await expect(open.page.getByText(words.files.matched(2, '4.0 MB'))).toBeVisible();
  await search().fill('/srv');
  await expect(open.page.getByText(words.files.matched(1, '8.7 kB'))).toBeVisible();
  await search().fill('no-match');
  await expect(open.page.getByText(words.files.matched(0, '0 B'))).toBeVisible();
  await search().fill('');
});

test('colors represent the origin, the change, the kind or the age', async () => {
  for (const mode of ['change', 'kind', 'age', 'origin'] as const) {
    await open.page.getByRole('button', { name: new RegExp(`^${text.colorBy}`) }).click();
    await open.page.getByRole('menuitem', { name: text.colors[mode] }).click();
    await expect(open.page.getByRole('button', { name: `${text.colorBy} ${text.colors[mode]}` })).toBeVisible();
    if (mode === 'kind') await expect(open.page.getByText(text.kinds.data, { exact: true })).toBeVisible();
  }
});

test('a file of a layer is previewed and saved without unpacking the image', async () => {
  await open.page.getByRole('radio', { name: text.views.files }).click();
  await open.page.getByTestId('files').waitFor();
  await open.page.getByRole('searchbox', { name: words.files.search }).fill('notes.txt');
  await open.page.getByRole('row', { name: /notes\.txt/ }).click();
  await open.page.getByRole('button', { name: words.files.view, exact: true }).click();
  const preview = open.page.getByTestId('file-preview');
  await expect(preview).toContainText('line 1 of the notes');
  await expect(open.page.getByRole('dialog')).toContainText(words.files.preview.lines(400));
  await shoot(open.page, 'states/file-preview');
  await open.page.getByRole('dialog').getByRole('button', { name: words.app.close }).last().click();
  await expect(open.page.getByRole('dialog')).toBeHidden();

  const target = join(makeFolder('saved'), 'saved.txt');
  await open.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await open.page.getByRole('button', { name: words.files.save, exact: true }).click();
  await expect(open.page.getByText(words.images.transfer.saved('saved.txt', '8.7 kB'))).toBeVisible();
  expect(readFileSync(target, 'utf8')).toBe(notes);
});

test("the base image's layers are grouped, and open as one", async () => {
  const base = makeProject('base', {
    Dockerfile: 'FROM busybox\nRUN head -c 2000000 /dev/zero > /one\nRUN head -c 4000000 /dev/zero > /two\n'
  });
  await engine.docker('build', '-q', '-t', 'base:1', base);
  await workspace.drop(makeProject('upon', { Dockerfile: 'FROM base:1\nRUN head -c 5000000 /dev/zero > /own\n' }));
  await workspace.build('finished');
  await expect(search()).toBeVisible({ timeout: 30_000 });
  const group = cell(/^base:1, 8\.\d MB, base image/);
  await expect(group).toBeVisible();
  await expect(cell(/^\/two, 4\.0 MB/)).toBeVisible();
  await shoot(open.page, 'states/treemap-base');
  await group.click({ position: { x: 20, y: 8 } });
  await expect(open.page.locator('.cm-line').first()).toHaveClass(/selected/);
  await workspace.treemap.press('Enter');
  await expect(crumbs().getByText('base:1')).toHaveAttribute('aria-current', 'true');
  await expect(cell(/^\/own/)).toHaveCount(0);
  await workspace.treemap.press('Escape');
  await expect(cell(/^\/own, 5\.0 MB/)).toBeVisible();
});

test('an image archive opens without an engine, and a file that is not one is reported', async () => {
  const folder = makeFolder('archives');
  const archive = join(folder, 'demo.tar');
  const reference = (await engine.docker('images', '--format', '{{.Repository}}:{{.Tag}}'))
    .split('\n')
    .find((name) => name.includes('treemap'));
  await engine.docker('save', '-o', archive, reference ?? '');
  const noImage = join(folder, 'plain.tar');
  writeFileSync(noImage, readFileSync(archive).subarray(0, 512));
  const alone = await openApp({ folders: [archive] });
  try {
    await expect(alone.page.getByRole('heading', { level: 1, name: 'demo.tar' })).toBeVisible();
    const tree = alone.page.getByRole('tree', { name: text.treemap });
    await expect(tree.getByRole('treeitem', { name: /^\/data\/kept\/big\.bin/ })).toBeVisible();
    await alone.page.getByRole('radio', { name: text.views.history }).click();
    await expect(alone.page.getByTestId('history')).toContainText('rm -r /data/gone');
    await shoot(alone.page, 'states/archive');
    await dropOn(alone.page, noImage);
    await expect(alone.page.getByRole('heading', { level: 1, name: 'plain.tar' })).toBeVisible();
    await expect(
      alone.page
        .getByRole('alert')
        .or(alone.page.getByText(/archive/i))
        .first()
    ).toBeVisible();
  } finally {
    await alone.close();
  }
});
