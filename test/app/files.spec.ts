import { expect, test, type Locator } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

const text = words.files;
const dockerfile = `FROM busybox
COPY app.txt /data/app.txt
RUN mkdir /many && cd /many && for i in $(seq 1 5000); do echo $i > file-$i; done
RUN echo changed > /data/app.txt && head -c 2000000 /dev/zero > /data/large.bin && ln -s app.txt /data/link
RUN rm /data/large.bin
RUN mkdir -p /var/cache/apt /tmp/build && head -c 3000000 /dev/zero > /var/cache/apt/pkgcache.bin && echo x > /tmp/build/log && chmod 700 /many
RUN head -c 1000 /dev/zero > /tmp/gone
RUN rm /tmp/gone && chmod 755 /many && touch /data/empty
RUN touch /data/empty
`;

let engine: RealEngine;
let open: OpenApp;
let workspace: Workspace;
let tree: Locator;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
  open = await openApp({ engine });
  workspace = new Workspace(open.page);
  tree = open.page.getByRole('treegrid', { name: text.tree });
  const rules = 'rules:\n  highestWastedBytes: 1MB\n  lowestEfficiency: disabled\n';
  await workspace.drop(makeProject('demo', { Dockerfile: dockerfile, 'app.txt': 'as it was\n', '.dive-ci': rules }));
  await workspace.build('finished');
});
test.afterAll(async () => {
  await open.close();
  await engine.stop();
});

const show = (view: string): Promise<void> => open.page.getByRole('radio', { name: view, exact: true }).click();
const row = (name: string): Locator =>
  tree.getByRole('row').filter({ has: open.page.getByText(name, { exact: true }) });
const line = (number: number): Locator => open.page.locator('.cm-line').nth(number - 1);
const details = (): Locator => open.page.getByRole('region', { name: text.details.label });

/** Searches a name in the tree and expands the directory. */
async function openFolder(name: string): Promise<void> {
  await tree.focus();
  await open.page.keyboard.press('Home');
  await open.page.keyboard.type(name);
  await open.page.keyboard.press('ArrowRight');
  await expect(row(name)).toHaveAttribute('aria-expanded', 'true');
  // It is expanded at once; its children follow when they are loaded.
  await expect(tree.getByText(text.loading)).toHaveCount(0);
}

test('the complete image is a tree as a container sees it, navigated by keyboard', async () => {
  await show(text.tree);
  await openFolder('data');
  await expect(row('app.txt')).toContainText(text.changes.modified);
  await expect(row('app.txt')).toContainText(text.line(4));
  await expect(row('link')).toContainText(text.linkTo('app.txt'));
  await expect(row('large.bin')).toHaveCount(0);
  await shoot(open.page, 'files/complete-image');
  await open.page.keyboard.press('ArrowDown');
  await open.page.keyboard.press('ArrowLeft');
  await open.page.keyboard.press('ArrowLeft');
  await expect(row('data')).toHaveAttribute('aria-expanded', 'false');
});

test('a line of the editor shows what its layer changed; a removed file shows its old size', async () => {
  await line(5).click();
  await expect(row('data')).toBeVisible();
  await openFolder('data');
  await expect(row('large.bin')).toContainText(text.changes.removed);
  await expect(row('large.bin')).toContainText('2.0 MB');
  await row('large.bin').click();
  await expect(details()).toContainText('/data/large.bin');
  await expect(details()).toContainText(text.details.version(3, text.changes.added, '2.0 MB'));
  await shoot(open.page, 'files/removed');
});

test('a selected file highlights its line, and its other versions are one click away', async () => {
  await details()
    .getByRole('button', { name: text.details.version(3, text.changes.added, '2.0 MB') })
    .click();
  await expect(line(4)).toHaveClass(/selected/);
  await expect(row('large.bin')).toHaveAttribute('aria-selected', 'true');
  await expect(row('large.bin')).toContainText(text.changes.added);
  await expect(details()).toContainText(/Not visible at runtime/);
});

test('a directory of 5,000 files is loaded in pages of a thousand, and only the visible rows are rendered', async () => {
  await line(3).click();
  await openFolder('many');
  await open.page.keyboard.press('End');
  const more = tree.getByRole('button', { name: text.showMore(1000, 4000) });
  await expect(more).toBeVisible();
  expect(await tree.getByRole('row').count()).toBeLessThan(120);
  await more.click();
  await expect(more).toHaveCount(0);
  await open.page.keyboard.press('End');
  await expect(tree.getByRole('button', { name: text.showMore(1000, 3000) })).toBeVisible();
  await shoot(open.page, 'files/many');
});

test('a search expands its results and shows their total', async () => {
  const search = open.page.getByRole('searchbox', { name: text.search });
  await search.fill('file-499?');
  await expect(open.page.getByText(text.matched(10, '50 B'))).toBeVisible();
  await expect(row('file-4990')).toBeVisible();
  await expect(tree.getByRole('row')).toHaveCount(12);
  await shoot(open.page, 'files/search');
  await search.fill('no such file');
  await expect(open.page.getByText(text.noMatch)).toBeVisible();
  await workspace.button(text.noMatchClear).click();
  await expect(search).toHaveValue('');
  await expect(row('many')).toBeVisible();
});

test('chips filter to modified files', async () => {
  await line(4).click();
  await expect(row('data')).toBeVisible();
  await open.page.getByRole('button', { name: text.filter.counted(text.changes.modified, 1), exact: true }).click();
  await expect(row('app.txt')).toBeVisible();
  await expect(row('link')).toHaveCount(0);
});

test('removable and hidden are two numbers, the same above the layers, in Waste and in the list of its rules', async () => {
  await expect(open.page.getByRole('button', { name: words.layers.removableSize('3.0 MB') })).toBeVisible();
  await show(words.layers.views.waste);
  const waste = open.page.getByTestId('waste');
  await expect(waste.getByText('3.0 MB', { exact: true }).first()).toBeVisible();
  const removable = waste.getByRole('grid', { name: text.waste.removableList });
  const cache = removable.getByRole('row', { name: /\/var\/cache\/apt/ });
  await expect(cache).toContainText(words.savings['apt-cache'].title);
  await expect(cache).toContainText('3.0 MB');
  // A temporary file that a later layer deletes is hidden, not removable.
  await expect(removable.getByRole('row', { name: /\/tmp/ })).toContainText('2 B');
  await shoot(open.page, 'files/removable');
  await cache.click();
  await expect(line(6)).toHaveClass(/selected/);
});

test('the waste view shows both numbers, checks the rules of the project, and reveals a wasteful path', async () => {
  await show(words.layers.views.waste);
  const waste = open.page.getByTestId('waste');
  await show(text.waste.lists.copies);
  const folded = waste.getByText(/paths? of 0 B/);
  await expect(folded).toBeVisible();
  await expect(waste.getByRole('row', { name: /\/data\/empty/ })).toHaveCount(0);
  await folded.click();
  await expect(waste.getByRole('row', { name: /\/data\/empty/ })).toBeVisible();
  await expect(waste.getByText('2.0 MB', { exact: true }).first()).toBeVisible();
  await expect(waste.getByText(text.waste.rulesFrom.project)).toBeVisible();
  const rule = (name: string): Locator => waste.getByRole('listitem').filter({ hasText: name });
  await expect(rule(text.waste.ruleNames.highestWastedBytes)).toContainText(text.waste.outcomes.failed);
  await expect(rule(text.waste.ruleNames.lowestEfficiency)).toContainText(text.waste.outcomes.disabled);
  const wasted = waste.getByRole('row', { name: /\/data\/large\.bin/ });
  await expect(wasted).toContainText(text.waste.copies(2));
  await shoot(open.page, 'files/waste');
  await wasted.getByRole('button', { name: text.line(4) }).click();
  await show(text.tree);
  await expect(row('large.bin')).toHaveAttribute('aria-selected', 'true');
  await expect(line(4)).toHaveClass(/selected/);
  expect(open.pageErrors).toEqual([]);
});
