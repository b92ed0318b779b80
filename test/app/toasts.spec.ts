import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { makeFolder, openApp, shoot } from '../real-parts/open-app.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';

let engine: RealEngine;

test.beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
});
test.afterAll(() => engine.stop());

test('an error shows the words of the engine, covers no button, and stays on its screen', async () => {
  const open = await openApp({ engine });
  const { page } = open;
  const file = join(makeFolder('no-archive'), 'passwd.tar');
  writeFileSync(file, 'root:x:0:0:root:/root:/bin/sh\n'.repeat(40));
  await open.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await page.getByRole('button', { name: words.commands['view.images'] }).click();
  await page.locator('[data-check]').first().click();
  await expect(page.getByRole('toolbar', { name: words.images.selected(1) })).toBeVisible();
  await page.getByRole('button', { name: words.images.load, exact: true }).click();

  const toast = page.getByRole('region', { name: words.app.notifications }).getByRole('alert');
  await expect(toast).toBeVisible();
  await toast.locator('summary').click();
  await expect(toast.locator('pre')).toContainText(/tar|archive|json|EOF/i);
  await shoot(page, 'states/toast');
  const box = await toast.boundingBox();
  const buttons = await page.locator('main').getByRole('button').all();
  for (const button of buttons) {
    const other = await button.boundingBox();
    if (box === null || other === null) continue;
    const isApart =
      other.x >= box.x + box.width ||
      other.x + other.width <= box.x ||
      other.y >= box.y + box.height ||
      other.y + other.height <= box.y;
    expect(isApart, await button.innerText()).toBe(true);
  }

  await page.getByRole('button', { name: words.commands['view.settings'] }).click();
  await expect(toast).toHaveCount(0);
  await open.close();
});
