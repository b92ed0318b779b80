import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { readJsonLines } from '#core/util/read-json-lines.ts';
import { loadUbuntu } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startKeyring, type SessionBus } from '../real-parts/start-keyring.ts';
import { makeFolder, openApp, removeFolders, shoot } from '../real-parts/open-app.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { copySample, Workspace } from './workspace.ts';

const { alice } = users;
let engine: RealEngine;
let registry: RealRegistry;
let bus: SessionBus;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  [engine, registry, bus] = await Promise.all([startEngine(), startRegistry('token'), startKeyring()]);
  await loadUbuntu(engine);
});
test.afterAll(() => Promise.all([engine.stop(), registry.stop(), bus.stop()]));

test('the sample project, from a dropped folder to a pushed image', async () => {
  test.setTimeout(600_000);
  const folder = copySample();
  const dataFolder = makeFolder('data');
  const reference = `${registry.host}/${alice.username}/simple-flask-web:latest`;
  const first = await openApp({ engine, bus, dataFolder });
  const workspace = new Workspace(first.page);
  let digest = '';
  let imageId = '';

  await test.step('drop: the folder opens as a project, with its stack and its context', async () => {
    await expect(workspace.button(words.start.sample)).toBeVisible();
    await shoot(first.page, 'walk/1-start');
    await workspace.drop(folder);
    await expect(first.page.getByText('Python · Flask')).toBeVisible();
    await expect(first.page.getByText(/^Build context: .* 5 files$/)).toBeVisible();
    await expect(workspace.editor).toContainText('apt-get install -y python3 python3-pip');
  });

  await test.step('build: unchanged it fails where the Python index is unreachable, and the line is shown', async () => {
    await workspace.build('failed', 240_000);
    const reason = /^ERROR: No matching distribution found for flask \(exit code 1\)$/;
    await expect(first.page.getByRole('strong').filter({ hasText: reason })).toBeVisible();
    await expect(first.page.getByRole('note').filter({ hasText: reason })).toBeVisible();
    await shoot(first.page, 'walk/2-failed');
  });

  await test.step('edit: the variant without the index, saved', async () => {
    const offline = readFileSync(join(folder, 'Dockerfile.offline'), 'utf8');
    await workspace.type(offline);
    await expect(first.page.getByText(words.workspace.unsaved, { exact: true })).toBeVisible();
    await first.page.keyboard.press('Control+S');
    await expect(first.page.getByText(words.workspace.unsaved, { exact: true })).toBeHidden();
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(offline);
  });

  await test.step('build and inspect: each step is done, each layer is a cell with its files, each line has its bytes', async () => {
    await workspace.name(reference);
    await workspace.build('finished', 240_000);
    await expect(workspace.step('apt-get install')).toHaveClass(/done/);
    const cell = workspace.treemap.getByRole('treeitem', { name: /^apt-get install.*RUN/ });
    await expect(cell).toBeVisible();
    await expect(workspace.treemap.getByRole('treeitem', { name: /base image/ }).first()).toBeVisible();
    const density = await areaOfAMegabyte(cell);
    const other = await areaOfAMegabyte(workspace.treemap.getByRole('treeitem', { name: /^apt-get update/ }));
    expect(other / density).toBeGreaterThan(0.95);
    expect(other / density).toBeLessThan(1.05);
    await expect(first.page.getByRole('searchbox', { name: words.files.search })).toBeVisible({ timeout: 60_000 });
    await expect(workspace.treemap.getByRole('treeitem', { name: /^\/var\/cache\/apt\/.*MB/ }).first()).toBeVisible();
    await expect(first.page.getByRole('button', { name: /MB hidden$/ })).toBeVisible();
    await cell.click({ position: { x: 30, y: 8 } });
    const line = first.page.locator('.cm-line', { hasText: 'RUN apt-get install' });
    await expect(line).toHaveClass(/selected/);
    await shoot(first.page, 'walk/3-built');
    await first.page.getByRole('radio', { name: words.layers.views.history }).click();
    await expect(first.page.getByRole('row', { name: /apt-get update/ })).toBeVisible();
    await shoot(first.page, 'walk/4-history');
    imageId = await engine.docker('image', 'inspect', '-f', '{{.Id}}', reference);
  });

  await test.step('push: requests a sign-in, rejects a wrong password, then continues by itself', async () => {
    await workspace.button(words.commands['push.start']).click();
    await first.page.getByRole('button', { name: words.push.signIn }).click();
    await workspace.signIn(alice.username, 'not the password');
    await expect(first.page.getByText(`${registry.host} rejected the password`)).toBeVisible();
    await shoot(first.page, 'walk/5-refused');
    await workspace.signIn(alice.username, alice.secret);
    await expect(first.page.getByTestId('digest')).toContainText('sha256:', { timeout: 120_000 });
    await shoot(first.page, 'walk/6-pushed');
    digest = (await first.page.getByTestId('digest').textContent()) ?? '';
    await expect(first.page.getByText(`Signed in to ${registry.host}`).first()).toBeVisible();
  });

  expect(first.pageErrors).toEqual([]);
  await first.close();

  await test.step('the registry serves the same image by its digest', async () => {
    const repository = `${registry.host}/${alice.username}/simple-flask-web`;
    await engine.docker('rmi', reference);
    const client = await connectTo(engine);
    const query = { fromImage: repository, tag: digest.trim() };
    const registryAuth = { username: alice.username, password: alice.secret, serveraddress: registry.host };
    const pull = await client.stream({ method: 'POST', path: '/images/create', query, registryAuth });
    for await (const line of readJsonLines(pull)) expect(line).not.toHaveProperty('error');
    const pulled = await engine.docker('image', 'inspect', '-f', '{{.Id}}', `${repository}@${digest.trim()}`);
    expect(pulled).toBe(imageId);
  });

  await test.step('after a restart: still signed in, and the push is one click that sends nothing', async () => {
    const second = await openApp({ engine, bus, dataFolder });
    const again = new Workspace(second.page);
    await expect(second.page.getByText(words.accounts.storage.keychain).first()).toBeVisible();
    await again.button(words.commands['push.start']).click();
    await expect(second.page.getByText(words.push.nothingSent)).toBeVisible({ timeout: 60_000 });
    await expect(second.page.getByTestId('digest')).toHaveText(digest);
    await shoot(second.page, 'walk/7-pushed-again');

    await test.step('slim: a smaller image from the same project, compared with the first', async () => {
      await again.button(words.push.back).click();
      await again.type(slimmer(readFileSync(join(folder, 'Dockerfile'), 'utf8')));
      await again.build('finished', 240_000);
      await again.button(words.build.compare).click();
      await expect(second.page.getByTestId('compared-picture')).toHaveCount(2, { timeout: 60_000 });
      await expect(second.page.getByTestId('delta')).toHaveText(/^−\d+ MB · \d+% smaller$/);
      const lists = second.page.getByRole('row', { name: /^\/?var\b/ });
      await expect(lists).toContainText(words.compare.files.changes.shrunk);
      await shoot(second.page, 'walk/8-compared');
    });
    await second.close();
  });

  await test.step('no file holds the secret', () => {
    const directories = [dataFolder, bus.env['HOME'] ?? '', folder];
    const found = execFileSync('sh', ['-c', 'grep -rlF -- "$0" "$@" || true', alice.secret, ...directories], {
      encoding: 'utf8'
    });
    expect(found).toBe('');
  });
  removeFolders(dataFolder, folder);
});

/** The sample with its packages in one layer, without the leftovers of installing them. */
function slimmer(dockerfile: string): string {
  const [update, install] = ['RUN apt-get update\n', 'RUN apt-get install -y'];
  expect(dockerfile).toContain(update);
  return dockerfile
    .replace(update, '')
    .replace(
      new RegExp(`${install}(.*)`),
      'RUN apt-get update && apt-get install -y$1 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*'
    );
}

/** Square pixels of a cell per megabyte in its label. */
async function areaOfAMegabyte(cell: Locator): Promise<number> {
  const box = await cell.boundingBox();
  const label = (await cell.getAttribute('aria-label')) ?? '';
  const megabytes = Number(/, ([\d.]+) MB,/.exec(label)?.[1]);
  return box ? (box.width * box.height) / megabytes : Number.NaN;
}
