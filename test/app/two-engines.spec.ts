import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { makeFolder, openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { makeProject, Workspace } from './workspace.ts';

let first: RealEngine;
let second: RealEngine;
let registry: RealRegistry;
let home: string;
let open: OpenApp;
let workspace: Workspace;

test.beforeAll(async () => {
  [first, second, registry] = await Promise.all([startEngine(), startEngine(), startRegistry('htpasswd')]);
  await loadBusybox(first);
});
test.afterAll(() => Promise.all([first.stop(), second.stop(), registry.stop()]));
test.beforeEach(async () => {
  home = makeFolder('home');
  mkdirSync(join(home, 'run'));
  symlinkSync(second.socketPath, join(home, 'run/docker.sock'));
  const auth = Buffer.from(`${users.alice.username}:${users.alice.secret}`).toString('base64');
  mkdirSync(join(home, '.docker'));
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
  open = await openApp({ engine: first, home });
  workspace = new Workspace(open.page);
});
test.afterEach(() => open.close());

async function switchTo(name: RegExp): Promise<void> {
  await open.page.locator('.pill').click();
  await open.page.getByRole('menuitem', { name }).click();
  await expect(workspace.pill(name)).toBeVisible();
}
const otherEngine = (within: string) => open.page.locator(`[data-pane="${within}"]`).getByTestId('other-engine');

test('a build stays on its engine after a switch; its layers and its push go through that engine', async () => {
  const { page } = open;
  await workspace.drop(makeProject('stays', { Dockerfile: 'FROM busybox\nRUN echo here; sleep 4; echo x > /x\n' }));
  await workspace.name(`${registry.host}/stays:1`);
  await workspace.startBuild();
  await expect(page.getByRole('log')).toContainText('here');
  await switchTo(/rootless/);
  await expect(otherEngine('build')).toHaveText(/^on DOCKER_HOST/);
  await workspace.buildEnds('finished');
  await expect(otherEngine('layers')).toHaveText(/^on DOCKER_HOST/);
  await expect(workspace.treemap.getByRole('treeitem', { name: /base image/ }).first()).toBeVisible();
  await expect(page.getByText('The engine has no image')).toHaveCount(0);
  await shoot(page, 'states/other-engine');

  await workspace.button(words.commands['push.start']).click();
  await expect(otherEngine('push')).toHaveText(/^on DOCKER_HOST/);
  await expect(page.getByTestId('digest')).toContainText('sha256:', { timeout: 60_000 });
  expect(await second.docker('images', '--quiet')).toBe('');

  // The label switches back, and there is then nothing to name.
  await page.getByTestId('other-engine').click();
  await expect(workspace.pill(/DOCKER_HOST/)).toBeVisible();
  await expect(page.getByTestId('other-engine')).toHaveCount(0);
});

test('an image that is opened while its files are read is read to the end after a switch', async () => {
  const { page } = open;
  await page.getByRole('button', { name: words.commands['view.images'] }).click();
  await page.getByText('busybox').first().click();
  await switchTo(/rootless/);
  await expect(page.getByTestId('other-engine')).toHaveText(/^on DOCKER_HOST/);
  await page.getByText(words.layers.views.files, { exact: true }).click();
  await expect(page.getByText('bin', { exact: true }).first()).toBeVisible();
});

test('an image whose engine stopped is reported with the name of that engine', async () => {
  const { page } = open;
  const folder = makeProject('stopped', { Dockerfile: 'FROM busybox\nRUN echo y > /y\n' });
  await workspace.drop(folder);
  await workspace.build();
  await switchTo(/rootless/);
  await first.kill();
  // The project is open again after a reload.
  await page.reload();
  await expect(page.getByText(/Can't connect to DOCKER_HOST/)).toBeVisible();
  await first.start();
  await page.locator('[data-pane="layers"]').getByRole('button', { name: words.app.tryAgain }).click();
  await expect(otherEngine('layers')).toBeVisible();
});
