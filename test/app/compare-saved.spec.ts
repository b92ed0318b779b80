import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { CompareView, writeArchive } from './compare-view.ts';
import { makeProject, Workspace } from './workspace.ts';

const text = words.compare;
const folder = makeFolder('remembered');
const dataFolder = makeFolder('data');
const project = makeProject('shop', { Dockerfile: 'FROM busybox\nRUN head -c 9000000 /dev/urandom > /data\n' });
let engine: RealEngine;
let open: OpenApp;
let view: CompareView;

test.beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
});
test.afterAll(async () => {
  await engine.stop();
  removeFolders(folder, dataFolder);
});

/** Restarts the app with these projects. */
async function start(...folders: string[]): Promise<void> {
  open = await openApp({ engine, dataFolder, folders });
  view = new CompareView(open.page);
  for (const each of folders) await expect(new Workspace(open.page).heading(each)).toBeVisible();
  await expect(open.page.getByRole('button', { name: /Docker \d/ })).toBeVisible({ timeout: 20_000 });
}

test('the last comparison of a project is restored with it, and missing images are reported', async () => {
  await start(project);
  const workspace = new Workspace(open.page);
  await workspace.build();
  writeFileSync(join(project, 'Dockerfile'), 'FROM busybox\nRUN head -c 4000000 /dev/urandom > /data\n');
  await expect(workspace.editor).toContainText('4000000');
  await workspace.build();
  await view.button(words.build.compare).click();
  await expect(view.pictures).toHaveCount(2);
  const archive = await writeArchive(folder, 'kept.tar', [{ data: Buffer.alloc(3_000_000, 7) }]);
  await view.drop(archive);
  await expect(view.pictures).toHaveCount(3);
  await view.image('kept.tar').getByRole('button', { name: text.setBaseline }).click();
  await expect(view.image('kept.tar').getByText(text.baseline, { exact: true })).toBeVisible();
  await open.close();

  await start(project);
  await view.show();
  await expect(view.pictures).toHaveCount(3);
  await expect(view.image('kept.tar').getByText(text.baseline, { exact: true })).toBeVisible();
  await expect(open.page.getByTestId('delta').first()).toContainText('x the size');
  await shoot(open.page, 'compare/remembered');
  await open.close();

  rmSync(archive);
  await start(project);
  await view.show();
  await expect(open.page.getByText(text.reading.failed('kept.tar'))).toBeVisible();
  await shoot(open.page, 'compare/remembered-gone');
  await view.button(text.reading.without).click();
  await expect(view.pictures).toHaveCount(2);
  await open.close();

  // Another project does not have it.
  const other = makeProject('other', { Dockerfile: 'FROM busybox\n' });
  await start(other);
  await view.show();
  await expect(open.page.getByText(text.choices.title)).toBeVisible();
  expect(open.pageErrors).toEqual([]);
  await open.close();
});
