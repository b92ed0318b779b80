import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { makeProject, Workspace } from './workspace.ts';

/** A base image that the engine has, from a registry that does not answer. */
const localBase = '127.0.0.1:9/local/base:1';

let engine: RealEngine;
let open: OpenApp;
let workspace: Workspace;

test.beforeAll(async () => {
  // BuildKit limits a step's output, by default to 200 KiB per second.
  const much = '100000000';
  engine = await startEngine({ env: { BUILDKIT_STEP_LOG_MAX_SIZE: much, BUILDKIT_STEP_LOG_MAX_SPEED: much } });
  await loadBusybox(engine);
  await engine.docker('tag', 'busybox', localBase);
});
test.afterAll(() => engine.stop());
test.beforeEach(async () => {
  open = await openApp({ engine });
  workspace = new Workspace(open.page);
});
test.afterEach(() => open.close());

test('a build uses its options', async () => {
  const { page } = open;
  const text = `FROM ${localBase} AS one\nARG WORD=none\nRUN echo "said $WORD"\nFROM one\nRUN echo last\n`;
  const options = page.getByRole('button', { name: /^Options/ });
  const noCache = page.getByRole('checkbox', { name: words.build.options.noCache });
  await workspace.drop(makeProject('options', { Dockerfile: text }));
  await options.click();
  await page.getByRole('button', { name: words.build.options.addArgument }).click();
  await page.getByRole('textbox', { name: words.build.options.argumentName, exact: true }).fill('WORD');
  await page.getByRole('textbox', { name: words.build.options.argumentValue, exact: true }).fill('hello');
  await page.getByRole('combobox', { name: words.build.options.target }).selectOption('one');
  await shoot(page, 'states/options');
  await page.keyboard.press('Escape');

  await workspace.build();
  await expect(workspace.step('RUN echo last')).toHaveCount(0);
  await workspace.step('RUN echo "said').click();
  await expect(page.getByRole('log')).toContainText('said hello');

  await workspace.build();
  await expect(workspace.step('RUN echo "said')).toHaveClass(/cached/);
  await options.click();
  await noCache.check();
  await page.keyboard.press('Escape');
  await workspace.build();
  await expect(workspace.step('RUN echo "said')).toHaveClass(/done/);

  await options.click();
  await page.getByRole('checkbox', { name: words.build.options.pull }).check();
  await page.keyboard.press('Escape');
  await workspace.build('failed');
  await expect(page.getByText("Can't reach 127.0.0.1:9").first()).toBeVisible();
});

test('the active Dockerfile of several is built', async () => {
  const second = 'FROM busybox\nRUN echo the second > /second\n';
  await workspace.drop(makeProject('several', { Dockerfile: 'FROM scratch\n', 'second.Dockerfile': second }));
  await open.page.getByRole('radio', { name: 'second.Dockerfile' }).click();
  await workspace.build();
  await expect(workspace.step('RUN echo the second')).toHaveClass(/done/);
});

test('after a restart the app still shows why the last build failed', async () => {
  const dataFolder = makeFolder('data');
  const first = await openApp({ engine, dataFolder });
  const before = new Workspace(first.page);
  await before.drop(makeProject('failing', { Dockerfile: 'FROM busybox\n\nRUN exit 3\n' }));
  await before.build('failed');
  await first.close();
  const second = await openApp({ engine, dataFolder });
  await expect(second.page.getByRole('strong').filter({ hasText: 'RUN exit 3 failed (exit code 3)' })).toBeVisible();
  await expect(second.page.locator('.cm-line').nth(2)).toHaveClass(/fail/);
  await shoot(second.page, 'states/failed-before');
  await second.close();
});

test('100,000 lines of output arrive without blocking the page', async () => {
  const { page } = open;
  await workspace.drop(makeProject('output', { Dockerfile: 'FROM busybox\nRUN seq 100000\n' }));
  await page.evaluate(() => {
    const watch = { longestMs: 0, last: performance.now() };
    Object.assign(window, { watch });
    const frame = (now: number): void => {
      watch.longestMs = Math.max(watch.longestMs, now - watch.last);
      watch.last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await workspace.build();
  await expect(page.getByText(words.build.lineCount(100_000))).toBeVisible();
  await expect(page.getByRole('log')).toContainText('100000');
  const longestMs = await page.evaluate(() => (Reflect.get(window, 'watch') as { longestMs: number }).longestMs);
  expect(longestMs).toBeLessThan(500);
});

test('the layers are navigated by keyboard, and their history is copied', async () => {
  const { page } = open;
  const large = 'RUN head -c 3000000 /dev/urandom > /large';
  const text = `FROM busybox\n${large}\nCOPY file.txt /\n`;
  await workspace.drop(makeProject('keys', { Dockerfile: text, 'file.txt': 'x'.repeat(900_000) }));
  await workspace.build();
  // The layers appear immediately; their files follow when they have been read.
  await expect(workspace.treemap.getByRole('treeitem', { name: /^\/large, 3\.0 MB/ })).toBeVisible();
  await workspace.treemap.focus();
  const selectedLine = page.locator('.cm-line.slipway-selected');
  const seen = new Set<string>();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key);
    await expect(workspace.treemap.getByRole('treeitem', { selected: true })).toHaveCount(1);
    await expect(selectedLine).toHaveCount(1);
    seen.add((await selectedLine.textContent()) ?? '');
  }
  expect(seen.size).toBeGreaterThan(1);
  await shoot(page, 'states/treemap-keys');

  await page.getByRole('radio', { name: words.layers.views.history }).click();
  await page.getByRole('button', { name: words.layers.copyAll }).click();
  const copied = (): Promise<string> => open.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toMatch(/^RUN .*head -c 3000000 \/dev\/urandom > \/large.*\t3000000\t/m);
});

test('F6 cycles through the panes', async () => {
  await workspace.drop(makeProject('panes', { Dockerfile: 'FROM busybox\nRUN echo x | tee /x\n' }));
  await workspace.build();
  await expect(workspace.treemap).toBeVisible();
  await workspace.step('RUN echo x').click();
  const nextPane = async (): Promise<string | undefined> => {
    await open.page.keyboard.press('F6');
    return open.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane']);
  };
  const panes = new Set([await nextPane(), await nextPane(), await nextPane(), await nextPane(), await nextPane()]);
  expect([...panes].sort()).toEqual(['build', 'editor', 'layers', 'output', 'rail']);
  expect(await nextPane()).toBe([...panes][0]);
});
