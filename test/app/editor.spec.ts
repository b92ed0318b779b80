import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

let open: OpenApp;
let workspace: Workspace;

test.beforeEach(async () => {
  open = await openApp();
  workspace = new Workspace(open.page);
});
test.afterEach(() => open.close());

/** Opens a project with this Dockerfile, and places the cursor at its end. */
async function edit(text: string, files: Record<string, string> = {}): Promise<string> {
  const folder = makeProject('edited', { Dockerfile: text, ...files });
  await workspace.drop(folder);
  await workspace.editor.click();
  await open.page.keyboard.press('Control+End');
  return folder;
}

test('an instruction is completed from its first letters', async () => {
  await edit('FROM scratch\n');
  await open.page.keyboard.type('WORKD');
  const offer = open.page.locator('.cm-tooltip-autocomplete').getByRole('option').first();
  await expect(offer).toContainText('WORKDIR');
  await shoot(open.page, 'states/completion');
  // Next to the typed word, so that they visibly belong together.
  const word = await open.page.locator('.cm-line').nth(1).boundingBox();
  const list = await open.page.locator('.cm-tooltip-autocomplete').boundingBox();
  const belowPx = (list?.y ?? Infinity) - (word?.y ?? 0) - (word?.height ?? 0);
  expect(Math.abs(belowPx)).toBeLessThan(10);
  expect(Math.abs((list?.x ?? Infinity) - (word?.x ?? 0))).toBeLessThan(20);
  await offer.click();
  await expect(workspace.editor).toContainText('WORKDIR');
});

test('text is found, with a step to each match', async () => {
  await edit('FROM scratch\nENV needle=1\nENV other=2\nENV last=needle\n');
  await open.page.keyboard.press('Control+F');
  await open.page.keyboard.type('needle');
  const found = open.page.locator('.cm-searchMatch');
  await expect(found).toHaveCount(2);
  await open.page.keyboard.press('Enter');
  await expect(open.page.locator('.cm-line', { has: open.page.locator('.cm-searchMatch-selected') })).toHaveCount(1);
  await shoot(open.page, 'states/find');
});

test('undo reverts typing, redo restores it', async () => {
  await edit('FROM scratch\n');
  await open.page.keyboard.type('LABEL typed=1');
  await expect(open.page.getByText(words.workspace.unsaved, { exact: true })).toBeVisible();
  await open.page.keyboard.press('Control+Z');
  await expect(workspace.editor).not.toContainText('LABEL');
  await expect(open.page.getByText(words.workspace.unsaved, { exact: true })).toBeHidden();
  await open.page.keyboard.press('Control+Y');
  await expect(workspace.editor).toContainText('LABEL typed=1');
});

test('a file keeps its line endings when it is saved', async () => {
  const folder = await edit('FROM scratch\r\nLABEL a=1\r\n');
  await open.page.keyboard.type('LABEL b=2');
  await open.page.keyboard.press('Enter');
  await open.page.keyboard.press('Control+S');
  const onDisk = (): string => readFileSync(join(folder, 'Dockerfile'), 'utf8');
  await expect.poll(onDisk).toBe('FROM scratch\r\nLABEL a=1\r\nLABEL b=2\r\n');
});

test('each Dockerfile of a project has its tab, its text and its unsaved mark', async () => {
  await edit('FROM scratch\n', { 'worker.Dockerfile': 'FROM worker\n', Containerfile: 'FROM container\n' });
  await open.page.getByRole('radio', { name: 'worker.Dockerfile' }).click();
  await expect(workspace.editor).toContainText('FROM worker');
  await workspace.type('FROM another\n');
  await open.page.getByRole('radio', { name: 'Containerfile' }).click();
  await expect(workspace.editor).toContainText('FROM container');
  await open.page.getByRole('radio', { name: words.workspace.unsavedTab('worker.Dockerfile') }).click();
  await expect(workspace.editor).toContainText('FROM another');
});

test('Tab leaves the editor without a change, and Ctrl ] indents', async () => {
  await edit('FROM scratch\n');
  await open.page.keyboard.press('Tab');
  await expect(workspace.editor).not.toBeFocused();
  await expect(open.page.getByText(words.workspace.unsaved, { exact: true })).toBeHidden();
  await open.page.keyboard.press('Shift+Tab');
  await expect(workspace.editor).toBeFocused();
  await open.page.keyboard.press('Control+Home');
  await open.page.keyboard.press('Control+]');
  await expect.poll(() => open.page.locator('.cm-line').first().textContent()).toBe('  FROM scratch');
  await open.page.getByRole('button', { name: words.commands['view.settings'], exact: true }).click();
  await expect(open.page.getByText(words.settings.leaveEditor)).toBeVisible();
});
