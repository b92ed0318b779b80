import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
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

interface Question {
  readonly message: string;
  readonly detail?: string;
  readonly buttons?: string[];
}

/** Answers every question of the system with this button from now on; `asked` reads the questions. */
async function answerWith(button: string): Promise<void> {
  await open.app.evaluate(({ dialog }, chosen) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((_window: unknown, options: { buttons: string[] }) => {
      asked.push(options);
      return Promise.resolve({ response: options.buttons.indexOf(chosen), checkboxChecked: false });
    }) as unknown as typeof dialog.showMessageBox;
  }, button);
}

const asked = (): Promise<Question[]> =>
  open.app.evaluate(() => (globalThis as unknown as { asked: Question[] }).asked);

async function startLongBuild(): Promise<void> {
  await workspace.drop(makeProject('many8', { Dockerfile: 'FROM busybox\nRUN echo running && sleep 4242\n' }));
  await workspace.startBuild();
  await expect(open.page.getByRole('log')).toContainText('running');
}

const closeWindow = (): Promise<void> =>
  open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const quit = (): Promise<void> => open.app.evaluate(({ app }) => app.quit());
const end = (): boolean => open.app.process().kill('SIGTERM');

test('quitting during a build asks first and names it, however it is requested', async () => {
  await startLongBuild();
  await answerWith(words.app.quit.keep);
  for (const request of [closeWindow, quit, end]) {
    const before = (await asked()).length;
    await request();
    await expect.poll(async () => (await asked()).length).toBe(before + 1);
  }
  expect(await asked()).toMatchObject(
    Array.from({ length: 3 }, () => ({
      message: words.app.quit.title('build'),
      detail: words.app.quit.detail([`many8 · ${words.app.running.build}`]),
      buttons: [words.app.quit.quit, words.app.quit.keep]
    }))
  );
  // The build continues.
  await expect(open.page.getByTestId('build-status')).toContainText('running for');
  await answerWith(words.app.quit.quit);
  const exited = once(open.app.process(), 'exit');
  await closeWindow();
  await exited;
});

test('quitting without running jobs does not ask', async () => {
  await workspace.drop(makeProject('idle', { Dockerfile: 'FROM scratch\n' }));
  const exited = once(open.app.process(), 'exit');
  await closeWindow();
  await exited;
});

test('the status bar shows a build that is elsewhere, and leads to it', async () => {
  await startLongBuild();
  const job = open.page.getByTestId('running-job');
  await expect(job).toBeHidden();
  await open.page.getByRole('button', { name: words.commands['view.images'], exact: true }).click();
  await expect(job).toHaveText(/many8\s*·\s*building\s*·\s*\d+ s/);
  await shoot(open.page, 'states/job-elsewhere');
  // On the list of projects too, whose row is live when the build ends.
  await open.page.getByRole('button', { name: words.commands['view.projects'], exact: true }).click();
  await open.page.getByRole('button', { name: words.commands['view.projects'], exact: true }).first().click();
  await expect(open.page.getByRole('row', { name: /^many8/ })).toBeVisible();
  await job.click();
  await expect(workspace.heading('many8')).toBeVisible();
  await open.page.getByRole('button', { name: words.build.cancel, exact: true }).click();
  await workspace.buildEnds('cancelled');
});

test('the list of projects shows a failed build while it is displayed', async () => {
  await workspace.drop(makeProject('fails', { Dockerfile: 'FROM busybox\nRUN sleep 5; exit 1\n' }));
  await workspace.startBuild();
  await expect(open.page.getByTestId('build-status')).toContainText('running for');
  await open.page.getByRole('button', { name: words.commands['view.projects'], exact: true }).first().click();
  const row = open.page.getByRole('row', { name: /^fails/ });
  await expect(row).toBeVisible();
  await expect(row).toContainText(/Failed \d\d:\d\d/, { timeout: 30_000 });
  await shoot(open.page, 'states/recent-failed');
});
