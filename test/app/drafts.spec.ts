import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

let open: OpenApp;
let workspace: Workspace;
let folder: string;

const draft = 'FROM scratch\nLABEL typed=1\n';
const ignored = '# typed\nnode_modules\n';

test.beforeEach(async () => {
  open = await openApp();
  workspace = new Workspace(open.page);
  folder = makeProject('drafted', { Dockerfile: 'FROM scratch\n', 'web.Dockerfile': 'FROM web\n' });
  await workspace.drop(folder);
});
test.afterEach(() => open.close());

const tab = (file: string): Promise<void> =>
  open.page.getByRole('radio', { name: new RegExp(`^${file.replaceAll('.', '\\.')}`) }).click();
const restored = (page = open.page) => page.getByText(words.workspace.restored, { exact: true });

/** Edits one file of each kind; the project on disk stays as it was. */
async function typeDrafts(): Promise<void> {
  await workspace.type(draft);
  await tab('.dockerignore');
  await workspace.type(ignored);
  await expect(open.page.getByRole('radio', { name: words.workspace.unsavedTab('.dockerignore') })).toBeVisible();
}

async function expectDrafts(): Promise<void> {
  await expect(restored().first()).toBeVisible();
  await tab('Dockerfile');
  await expect(workspace.editor).toContainText('LABEL typed=1');
  await tab('.dockerignore');
  await expect(workspace.editor).toContainText('# typed');
  await expect(open.page.getByText(words.workspace.unsaved, { exact: true })).toBeVisible();
  // Nothing was written into the project.
  expect(readdirSync(folder).sort()).toEqual(['Dockerfile', 'web.Dockerfile']);
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM scratch\n');
}

async function reopen(): Promise<void> {
  open = await openApp({ dataFolder: open.dataFolder });
  workspace = new Workspace(open.page);
}

test('unsaved text survives the list of projects, another folder and a reload', async () => {
  await typeDrafts();
  const projects = open.page.getByRole('button', { name: words.commands['view.projects'], exact: true }).first();
  await projects.click();
  await open.page.getByRole('row', { name: /^drafted/ }).click();
  await expectDrafts();
  await shoot(open.page, 'states/draft-restored');

  await workspace.drop(makeProject('another', { Dockerfile: 'FROM scratch\n' }));
  await expect(workspace.editor).not.toContainText('typed');
  await projects.click();
  await open.page.getByRole('row', { name: /^drafted/ }).click();
  await expectDrafts();

  await workspace.type(`${ignored}dist\n`);
  await open.page.reload();
  await expectDrafts();
  await expect(workspace.editor).toContainText('dist');
});

test('unsaved text survives a crash of the page', async () => {
  await typeDrafts();
  // Playwright cannot follow a page beyond its crash, so main asks the page.
  const seen = await open.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('no window');
    const loaded = new Promise<void>((resolve) => contents.once('did-finish-load', () => resolve()));
    contents.forcefullyCrashRenderer();
    await loaded;
    return contents.executeJavaScript(`new Promise((resolve) => {
      const check = () => {
        const text = document.querySelector('[data-testid=editor]')?.shadowRoot?.textContent ?? '';
        if (!text.includes('typed')) return false;
        resolve({ text, page: document.body.textContent });
        return true;
      };
      if (!check()) setInterval(check, 50);
    })`) as Promise<{ text: string; page: string }>;
  });
  expect(seen.text).toContain('LABEL typed=1');
  expect(seen.page).toContain(words.workspace.restored);
});

test('unsaved text survives a killed app', async () => {
  await typeDrafts();
  const stored = join(open.dataFolder, 'store/drafts');
  const texts = (): string =>
    readdirSync(stored)
      .map((name) => readFileSync(join(stored, name), 'utf8'))
      .join('');
  await expect.poll(texts).toContain('node_modules');
  const killed = once(open.app.process(), 'exit');
  open.app.process().kill('SIGKILL');
  await killed;
  await reopen();
  await expectDrafts();
});

test('unsaved text survives quitting and closing the window right after the last key', async () => {
  await typeDrafts();
  await open.close();
  await reopen();
  await expectDrafts();
  await workspace.type(`${ignored}closed\n`);
  const exited = once(open.app.process(), 'exit');
  await open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await exited;
  await reopen();
  await expectDrafts();
  await expect(workspace.editor).toContainText('closed');
});

test('a draft of a file that changed meanwhile is compared with it', async () => {
  await workspace.type('FROM mine\n');
  await open.close();
  writeFileSync(join(folder, 'Dockerfile'), 'FROM theirs\n');
  await reopen();
  await expect(restored()).toBeVisible();
  await expect(open.page.getByText(words.workspace.changedTitle('Dockerfile'))).toBeVisible();
  await shoot(open.page, 'states/draft-changed');
  await open.page.getByRole('button', { name: words.workspace.showDifference }).click();
  await expect(open.page.getByRole('dialog')).toContainText('theirs');
  await expect(open.page.getByRole('dialog')).toContainText('mine');
});

test('a draft is gone when its file is saved, or is as it was', async () => {
  const stored = join(open.dataFolder, 'store/drafts');
  await workspace.type('FROM saved\n');
  await expect.poll(() => readdirSync(stored)).toHaveLength(1);
  await open.page.keyboard.press('Control+S');
  await expect.poll(() => readdirSync(stored)).toEqual([]);
  await workspace.type('FROM undone\n');
  await expect.poll(() => readdirSync(stored)).toHaveLength(1);
  await open.page.keyboard.press('Control+Z');
  await expect.poll(() => readdirSync(stored)).toEqual([]);
  await open.page.reload();
  await expect(workspace.editor).toContainText('FROM saved');
  await expect(restored()).toBeHidden();
  expect(existsSync(join(folder, '.dockerignore'))).toBe(false);
});

test('undo survives another file in between', async () => {
  await workspace.type('FROM first\n');
  await tab('web.Dockerfile');
  await workspace.type('FROM second\n');
  await tab('Dockerfile');
  await workspace.editor.click();
  await open.page.keyboard.press('Control+Z');
  await expect(workspace.editor).toContainText('FROM scratch');
  await open.page.keyboard.press('Control+Y');
  await expect(workspace.editor).toContainText('FROM first');
  await tab('web.Dockerfile');
  await workspace.editor.click();
  await open.page.keyboard.press('Control+Z');
  await expect(workspace.editor).toContainText('FROM web');
});
