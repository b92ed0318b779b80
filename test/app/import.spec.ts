import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { dragOver, dragWithMouse, dropOn } from '../real-parts/drag.ts';
import { openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

const root = resolve(import.meta.dirname, '../..');
let open: OpenApp;
let workspace: Workspace;

test.beforeEach(async () => {
  open = await openApp();
  workspace = new Workspace(open.page);
  await workspace.button(words.start.sample).waitFor();
});
test.afterEach(() => open.close());

test('a folder dragged in with the mouse from another program opens', async () => {
  const folder = makeProject('dragged', { Dockerfile: 'FROM scratch\n' });
  await dragWithMouse(open.app, folder);
  await expect(workspace.heading(folder)).toBeVisible();
});

test('a drag over the window shows what a drop would do; a dropped file opens its folder', async () => {
  const folder = makeProject('of-a-file', { Dockerfile: 'FROM scratch\n', 'app.py': '' });
  await dragOver(open.page, folder);
  await expect(open.page.getByText(words.start.dropHere)).toBeVisible();
  await shoot(open.page, 'states/drag-over');
  await dropOn(open.page, join(folder, 'app.py'));
  await expect(workspace.heading(folder)).toBeVisible();
});

test('several dropped folders are all in the recent list', async () => {
  const folders = ['one', 'two', 'three'].map((name) => makeProject(name, { Dockerfile: 'FROM scratch\n' }));
  await dropOn(open.page, ...folders);
  // The last of them opens; wait for it before going back.
  await expect(workspace.heading('three')).toBeVisible();
  await open.page.getByRole('button', { name: words.commands['view.projects'], exact: true }).first().click();
  for (const name of ['one', 'two', 'three']) {
    await expect(open.page.getByRole('row', { name: new RegExp(`^${name}`) })).toBeVisible();
  }
});

test('a folder without a Dockerfile gets a starter that is displayed before it is written', async () => {
  const folder = makeProject('fresh', { 'requirements.txt': 'flask\n', 'app.py': '' });
  await workspace.drop(folder);
  await expect(open.page.getByText(words.workspace.starterTitle)).toBeVisible();
  await expect(workspace.editor).toContainText('FROM python');
  expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  await shoot(open.page, 'states/starter');
  await open.page.getByRole('button', { name: /^Create Dockerfile/ }).click();
  await expect(open.page.getByText(words.workspace.starterTitle)).toBeHidden();
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('FROM python');
});

test('a folder that is a link to itself, and one that is too large, are reported and not opened', async () => {
  const folder = makeProject('strange', { 'huge/one': '' });
  symlinkSync('round', join(folder, 'round'));
  execFileSync('sh', ['-c', 'seq 100000 | xargs touch'], { cwd: join(folder, 'huge') });
  await dropOn(open.page, join(folder, 'round'), join(folder, 'huge'));
  await expect(
    open.page.getByText(words.errors['folder-loops'].title({ code: 'folder-loops', path: join(folder, 'round') }))
  ).toBeVisible();
  await expect(
    open.page.getByText(words.errors['folder-too-large'].title({ code: 'folder-too-large', limitFiles: 100_000 }))
  ).toBeVisible();
  await shoot(open.page, 'states/not-opened');
  removeFolders(folder);
});

test('a change by another program is shown next to unsaved edits, and keeping mine writes mine', async () => {
  const folder = makeProject('both', { Dockerfile: 'FROM scratch\n' });
  await workspace.drop(folder);
  await workspace.type('FROM mine\n');
  writeFileSync(join(folder, 'Dockerfile'), 'FROM theirs\n');
  await expect(open.page.getByText(words.workspace.changedTitle('Dockerfile'))).toBeVisible();
  await open.page.getByRole('button', { name: words.workspace.showDifference }).click();
  const dialog = open.page.getByRole('dialog');
  await expect(dialog).toContainText('theirs');
  await shoot(open.page, 'states/difference');
  await open.page.keyboard.press('Escape');
  // The dialog has the same button, and takes a moment to close.
  await expect(dialog).toBeHidden();
  await open.page.getByTestId('changed-on-disk').getByRole('button', { name: words.workspace.keepMine }).click();
  await expect.poll(() => readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM mine\n');
});

test('a second launch with a folder opens it in the running window', async () => {
  const folder = makeProject('second', { Dockerfile: 'FROM scratch\n' });
  const electron = join(root, 'node_modules/electron/dist/electron');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = { ...process.env, SLIPWAY_USER_DATA: open.dataFolder };
  const second = spawn(electron, [...asRoot, root, 'second'], { cwd: dirname(folder), env, stdio: 'ignore' });
  await once(second, 'exit');
  await expect(workspace.heading(folder)).toBeVisible();
});

test('a killed app keeps its projects and settings', async () => {
  const folder = makeProject('kept', { Dockerfile: 'FROM scratch\n' });
  await workspace.drop(folder);
  const killed = once(open.app.process(), 'exit');
  open.app.process().kill('SIGKILL');
  await killed;
  open = await openApp({ dataFolder: open.dataFolder });
  await expect(new Workspace(open.page).heading(folder)).toBeVisible();
  await open.page.getByRole('button', { name: words.commands['view.projects'], exact: true }).first().click();
  await expect(open.page.getByRole('row', { name: /^kept/ })).toBeVisible();
  expect(open.pageErrors).toEqual([]);
});

test('without an engine the window shows what to do, and starts a private one', async () => {
  await open.page.getByRole('button', { name: words.commands['view.images'], exact: true }).click();
  await expect(open.page.getByText(words.engine.none.title).first()).toBeVisible();
  await shoot(open.page, 'states/no-engine');
  await open.page.getByRole('button', { name: words.engine.startPrivate.dockerd }).first().click();
  await expect(workspace.pill(/Docker \d/)).toBeVisible({ timeout: 60_000 });
});
