import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ComparisonFormat } from '#contract/domain/export-formats.ts';
import { comparisonReportSchema } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { makeFolder, openApp, removeFolders, type OpenApp } from '../real-parts/open-app.ts';
import { CompareView, writeArchive } from './compare-view.ts';

const folder = makeFolder('comparison');
let open: OpenApp;
let view: CompareView;

test.beforeAll(async () => {
  const bytes = (kilobytes: number): Buffer => Buffer.alloc(kilobytes * 1000, 7);
  const common = { 'lib/libc.so': bytes(2000) };
  const full = await writeArchive(folder, 'full.tar', [
    common,
    { 'usr/lib/gcc/cc1': bytes(3000), 'usr/bin/gcc': bytes(700) }
  ]);
  const slim = await writeArchive(folder, 'slim.tar', [common, { 'opt/<b>service</b>': bytes(800) }]);
  open = await openApp();
  view = new CompareView(open.page);
  await view.drop(full, slim);
  await expect(view.pictures).toHaveCount(2);
  await open.app.evaluate(({ dialog }, into) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      const { defaultPath = '' } = args.at(-1) as { defaultPath?: string };
      return Promise.resolve({ canceled: false, filePath: `${into}/${defaultPath}` });
    };
  }, folder);
});
test.afterAll(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
  removeFolders(folder);
});

/** Chooses a format in the menu; returns the written file. */
async function save(format: ComparisonFormat, name: string): Promise<Buffer> {
  rmSync(join(folder, name), { force: true });
  await view.button(words.report.save).click();
  await open.page.getByRole('menuitem', { name: words.report.formats[format] }).click();
  await expect(open.page.getByText(words.report.saved(name)).last()).toBeVisible();
  await expect.poll(() => existsSync(join(folder, name))).toBe(true);
  return readFileSync(join(folder, name));
}

test('a comparison is saved as data, and for a pull request', async () => {
  const report = comparisonReportSchema.parse(JSON.parse((await save('json', 'comparison.json')).toString()));
  expect(report).toMatchObject({ baseline: 0, changedCount: 3, images: [{}, { deltaBytes: -2_900_000 }] });
  expect((await save('markdown', 'comparison.md')).toString()).toContain('`made:1 (slim.tar)`');
});

test('the saved page shows both images and the changes, without console messages', async () => {
  await save('html', 'comparison.html');
  const seen = await open.app.evaluate(
    async ({ BrowserWindow }, file) => {
      const window = new BrowserWindow({ show: false, width: 1300, height: 1200 });
      const pageErrors: string[] = [];
      window.webContents.on('console-message', (...args: unknown[]) => pageErrors.push(String(args[2])));
      await window.loadFile(file);
      const result: unknown = await window.webContents.executeJavaScript(
        `({ title: document.title, pictures: document.querySelectorAll('svg svg svg > g').length > 4, bold: document.querySelector('td b') !== null, text: document.body.innerText })`
      );
      const picture = (await window.webContents.capturePage()).toPNG().toString('base64');
      window.destroy();
      return { result: result as { text: string }, pageErrors, picture };
    },
    join(folder, 'comparison.html')
  );
  writeFileSync('screenshots/compare/export-html.png', Buffer.from(seen.picture, 'base64'));
  expect(seen.result).toMatchObject({ title: 'made:1 (full.tar) and made:1 (slim.tar)', pictures: true, bold: false });
  expect(seen.result.text).toContain('/opt/<b>service</b>');
  expect(seen.result.text).toContain('−2.9 MB · 51% smaller');
  expect(seen.pageErrors.filter((args) => !args.includes('Electron Security Warning'))).toEqual([]);
});

test('the current view is saved as pictures, as SVG and as painted', async () => {
  expect((await save('svg', 'comparison.svg')).toString()).toContain('made:1 (slim.tar)');
  const sizes = await save('png', 'comparison.png');
  await view.open('difference');
  await expect(view.map.getByRole('treeitem').first()).toBeVisible();
  const difference = await save('png', 'comparison.png');
  writeFileSync('screenshots/compare/export-size.png', sizes);
  writeFileSync('screenshots/compare/export-difference.png', difference);
  expect(sizes.subarray(1, 4).toString()).toBe('PNG');
  expect(difference.equals(sizes)).toBe(false);
});
