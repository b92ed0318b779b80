import { mkdirSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, test, type Page } from '@playwright/test';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { writeAnalysis, writeComparison } from '#core/export/formats.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../unit/core/archive/image-archive.ts';

test.beforeAll(() => void mkdirSync('screenshots/exports', { recursive: true }));

/** What would run, if a viewer took it for markup. */
const scripts = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 1">',
  "'><svg onload=window.ran=1>",
  '</style></title></svg><script>window.ran = 1</script>',
  'javascript:window.ran=1',
  ']]><script>window.ran = 1</script>',
  '\u202e\u2066gnp.exe\u0007\u001b[2J'
];

async function explore(layers: Files[], tag: string): Promise<ImageExplorer> {
  const made = await makeImage(layers);
  const config = JSON.parse(made.config.toString()) as { history: { created_by: string }[]; config?: object };
  config.history.forEach((row, index) => (row.created_by += ` ${scripts[index % scripts.length] ?? ''}`));
  config.config = { Env: scripts.map((script, index) => `E${index}=${script}`), Labels: { [scripts[0] ?? '']: 'x' } };
  const image = { ...made, config: Buffer.from(JSON.stringify(config)) };
  const archive = await packFiles(legacyFiles(image, tag));
  const source = { kind: 'archive', name: `${scripts[1] ?? ''}.tar` } as const;
  const scanned = await scanStream(Readable.from([archive]), source, { signal: new AbortController().signal });
  return new ImageExplorer(scanned, {
    rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null },
    builtFrom: null
  });
}

const named = (folder: string, size: number): Files =>
  Object.fromEntries(
    scripts.map((script, at) => [`${folder}/${script.replaceAll('/', '\u2215')}`, 'x'.repeat(size * (at + 1))])
  );

const before: Files[] = [
  { ...named('usr/lib', 4000), 'var/lib/apt/lists/Packages': 'l'.repeat(60_000) },
  { ...named('opt', 2000), 'tmp/build.log': 't'.repeat(30_000), ...named('usr/lib', 3000) }
];

/** Opens a document as a file would be opened, and records what it tries to do. */
async function openDocument(page: Page, text: string, contentType: string): Promise<string[]> {
  const attempts: string[] = [];
  page.on('dialog', (dialog) => {
    attempts.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => attempts.push(request.url()));
  await page.route('http://export.test/**', (route) =>
    route.fulfill({ body: text, contentType: `${contentType}; charset=utf-8` })
  );
  await page.goto('http://export.test/');
  return attempts;
}

/** Elements that reach beyond the window, apart from those in a picture. */
const findCut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, dd, td, th, p, .tile')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 0.5)
      .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`)
  );

for (const contentType of ['text/html', 'image/svg+xml']) {
  const format = contentType === 'text/html' ? 'html' : 'svg';
  test(`nothing in the names of an image runs when its analysis is opened as ${format}`, async ({ page }) => {
    const explorer = await explore(before, 'alice/app:1');
    const attempts = await openDocument(page, writeAnalysis(explorer, format), contentType);
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
    expect(attempts).toEqual(['http://export.test/']);
    const shown = await page.evaluate(() => document.documentElement.textContent);
    expect(shown).toContain('<script>window.ran = 1');
    expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    for (const control of ['\u0007', '\u001b']) expect(shown).not.toContain(control);
  });

  test(`nothing in the names of images runs when their comparison is opened as ${format}`, async ({ page }) => {
    const images = [await explore(before, 'alice/app:1'), await explore([before[0] ?? {}], 'alice/app:2')];
    const report = new ComparisonExplorer(images, []).report(0);
    const attempts = await openDocument(page, writeComparison(images, report, format), contentType);
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
    expect(attempts).toEqual(['http://export.test/']);
  });
}

test('an analysis reads on a phone: every value of every row is visible, with its label', async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 800 });
  const explorer = await explore(before, 'alice/app:1');
  const text = writeAnalysis(explorer, 'html');
  await openDocument(page, text, 'text/html');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  expect(await findCut(page)).toEqual([]);
  const row = page.locator('tr', { hasText: '/var/lib/apt/lists' });
  await expect(row.first()).toContainText('60.0 kB');
  const label = await row
    .first()
    .locator('td')
    .last()
    .evaluate((cell) => getComputedStyle(cell, '::before').content);
  expect(label).toBe('"Size"');
  writeFileSync('screenshots/exports/phone.png', await page.screenshot({ fullPage: true }));
});

test('a comparison of six images reads on a phone, and prints on A4 with all columns', async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 800 });
  const images = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      explore([before[0] ?? {}, named('srv', 1000 * (index + 1))], `alice/app:${index}`)
    )
  );
  const report = new ComparisonExplorer(images, []).report(0);
  await openDocument(page, writeComparison(images, report, 'html'), 'text/html');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  expect(await findCut(page)).toEqual([]);
  writeFileSync('screenshots/exports/comparison-phone.png', await page.screenshot({ fullPage: true }));
  // The width of A4 between its margins.
  await page.setViewportSize({ width: 703, height: 1000 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await findCut(page)).toEqual([]);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--panel'))).toBe(
    '#ffffff'
  );
  writeFileSync('screenshots/exports/comparison-print.png', await page.screenshot({ fullPage: true }));
});
