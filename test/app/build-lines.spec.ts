import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeProject, Workspace } from './workspace.ts';

let engine: RealEngine;
let open: OpenApp;
let workspace: Workspace;

test.beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
});
test.afterAll(() => engine.stop());
test.beforeEach(async () => {
  open = await openApp({ engine });
  workspace = new Workspace(open.page);
});
test.afterEach(() => open.close());

/** Twelve steps, far apart: the last ones are below the fold. */
const twelve = ['FROM busybox', ...Array.from({ length: 11 }, (_, index) => `RUN echo ${index + 2} > /r`)];
const apart = (lines: readonly string[]): string => lines.join('\n\n\n\n\n\n\n\n') + '\n';

test('a step of many that fails is listed, its line is marked with the reason and scrolled to', async () => {
  const { page } = open;
  const failing = twelve.map((line, index) =>
    index === 7
      ? 'RUN echo a long command that is longer than the visible part of the editor pane is wide; echo the reason; exit 3'
      : line
  );
  await workspace.drop(makeProject('twelve', { Dockerfile: apart(failing) }));
  await workspace.build('failed');
  await expect(workspace.step('RUN echo a long command')).toHaveClass(/failed/);
  await expect(workspace.step('RUN echo 2')).toHaveClass(/done/);
  const note = page.getByRole('note').filter({ hasText: 'the reason' });
  await expect(note).toBeInViewport();
  await expect(note).toHaveText('the reason (exit code 3)');
  await expect(workspace.step('RUN echo a long command')).toBeInViewport();
  await expect(page.getByRole('alert')).toBeInViewport();
  await shoot(page, 'states/failed-far-below');
});

test('only lines that are unchanged since the build have numbers', async () => {
  const { page } = open;
  const text = 'FROM busybox AS one\nRUN echo a > /a\nFROM busybox\nCOPY --from=one /a /a\nRUN echo b > /b\n';
  await workspace.drop(makeProject('numbers', { Dockerfile: text }));
  await workspace.build();
  const marks = page.locator('.slipway-byte-mark');
  // A line of the first stage has its time, and no bytes of the image. BuildKit reports the base of both stages once, for
  // either.
  await expect(marks.filter({ hasText: '–' }).last()).toBeVisible();
  const count = await marks.count();
  expect(count).toBeGreaterThanOrEqual(4);
  await shoot(page, 'states/lines-of-stages');

  await workspace.type(
    text.replace('RUN echo b > /b', 'RUN exit 3').replace('FROM busybox\n', 'FROM busybox:latest\n')
  );
  await expect(marks).toHaveCount(count - 2);
  await workspace.build('failed');
  await expect(marks).toHaveCount(count - 2);
  await expect(page.getByText(words.layers.earlierBuild, { exact: true })).toBeVisible();
});
