import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { makeProject, Workspace } from './workspace.ts';

const { alice, bob } = users;
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

async function openProject(dockerfile: string, files: Record<string, string> = {}): Promise<void> {
  await workspace.drop(makeProject('demo', { Dockerfile: dockerfile, ...files }));
}

test('a RUN that exits 1 shows its line, its exit code and its last lines', async () => {
  await openProject('FROM busybox\n\nRUN echo before; echo the reason; exit 1\n');
  await workspace.build('failed');
  await expect(open.page.getByRole('alert')).toContainText('the reason (exit code 1)');
  await expect(workspace.button(words.build.goToLine(3))).toBeVisible();
  await expect(open.page.locator('.cm-line').nth(2)).toHaveClass(/fail/);
  await expect(open.page.getByRole('log')).toContainText('the reason');
  await shoot(open.page, 'states/failed-run');
});

test('a syntax error shows its line', async () => {
  await openProject('FROM busybox\nRUNN true\n');
  await workspace.build('failed');
  await expect(open.page.getByText('The Dockerfile has an error on line 2').first()).toBeVisible();
});

test('a file that is missing in the context is named', async () => {
  await openProject('FROM busybox\nCOPY nothing.txt /\n');
  await workspace.build('failed');
  await expect(open.page.getByText(/nothing\.txt is not in the build context/).first()).toBeVisible();
});

test('a missing base image is named', async () => {
  await openProject('FROM 127.0.0.1:9/none:1\nRUN true\n');
  await workspace.build('failed');
  await expect(
    open.page.getByText(/Can't reach 127\.0\.0\.1:9|Base image 127\.0\.0\.1:9\/none:1 not found/).first()
  ).toBeVisible();
});

test('cancel stops the RUN', async () => {
  await openProject('FROM busybox\nCOPY Dockerfile /\nRUN echo running && sleep 4242\n');
  await workspace.startBuild();
  await expect(open.page.getByRole('log')).toContainText('running');
  // The context has been sent, and is no longer in progress.
  await expect(open.page.getByText(words.build.context, { exact: true })).toHaveCount(0);
  await open.page.getByRole('button', { name: words.build.cancel, exact: true }).click();
  await workspace.buildEnds('cancelled');
  await expect(open.page.getByText(words.build.cancelledTitle, { exact: true })).toBeVisible();
  await shoot(open.page, 'states/cancelled');
});

test('an engine killed during a build is reported at once, and the build can be repeated when it is back', async () => {
  await openProject('FROM busybox\nRUN echo running && sleep 3\nRUN echo later\n');
  await workspace.startBuild();
  await expect(open.page.getByRole('log')).toContainText('running');
  await engine.kill();
  await workspace.buildEnds('failed');
  await expect(open.page.getByText(/^Lost connection to /).first()).toBeVisible();
  await expect(workspace.pill(/disconnected/)).toBeVisible();
  // The step that ran stays in view, not one that never ran.
  await expect(open.page.getByRole('log')).toContainText('running');
  await shoot(open.page, 'states/engine-lost');
  await engine.start();
  await expect(workspace.pill(/Docker \d/)).toBeVisible({ timeout: 20_000 });
  await workspace.build('finished');
});

test('a window reloaded during a build loses no line', async () => {
  await openProject('FROM busybox\nRUN for i in $(seq 1 300); do echo line $i; sleep 0.02; done\n');
  await workspace.startBuild();
  await expect(open.page.getByRole('log')).toContainText('line 20');
  await open.page.reload();
  await workspace.buildEnds('finished');
  await expect(open.page.getByText(words.build.lineCount(300))).toBeVisible();
  const log = open.page.getByRole('log');
  await expect(log).toContainText('line 300');
  await log.evaluate((element) => element.scrollTo(0, 0));
  await expect(log).toContainText('line 1');
});

test.describe('with a registry', () => {
  let registry: RealRegistry;
  test.beforeAll(async () => {
    registry = await startRegistry('token');
  });
  test.afterAll(() => registry.stop());

  async function signIn(): Promise<void> {
    await open.page.getByRole('button', { name: words.accounts.notSignedIn }).click();
    await open.page.getByRole('dialog').getByLabel(words.accounts.dialog.registry, { exact: true }).fill(registry.host);
    await workspace.signIn(alice.username, alice.secret);
    await expect(open.page.getByRole('dialog')).toBeHidden();
  }

  /** A project whose only layer takes the engine some time to send. */
  async function openLargeProject(file: string): Promise<void> {
    await openProject(`FROM busybox\nRUN head -c 300000000 /dev/urandom > /${file}\n`);
    await workspace.name(`${registry.host}/${alice.username}/large:1`);
    await workspace.build('finished');
  }

  test('without a Secret Service the login lasts for the session, with a note', async () => {
    await signIn();
    await open.page.getByRole('button', { name: words.commands['view.accounts'] }).click();
    await expect(open.page.getByText(words.accounts.noKeychain.title)).toBeVisible();
    await expect(open.page.getByRole('row', { name: /alice/ })).toContainText(words.accounts.storage.session);
    await shoot(open.page, 'states/accounts-session');
  });

  test("a push to another user's repository is denied, with a sign-in that continues it", async () => {
    await signIn();
    await openProject('FROM busybox\nRUN echo mine > /file\n');
    await workspace.name(`${registry.host}/${bob.username}/demo:1`);
    await workspace.build('finished');
    await workspace.button(words.commands['push.start']).click();
    await expect(open.page.getByText(/denied push access to bob\/demo/)).toBeVisible();
    // Nothing was sent, and the tag that the push added is gone.
    await expect(workspace.push.getByText(words.push.notSent).first()).toBeVisible();
    await shoot(open.page, 'states/denied');
    await open.page.getByRole('button', { name: words.push.signIn }).click();
    await workspace.signIn(bob.username, bob.secret);
    await expect(open.page.getByTestId('digest')).toContainText('sha256:');
  });

  test('a registry that does not answer is reported, and a retry pushes when it is back', async () => {
    await signIn();
    await openProject('FROM busybox\nRUN echo mine > /file2\n');
    await workspace.name(`${registry.host}/${alice.username}/demo:2`);
    await workspace.build('finished');
    await registry.kill();
    await workspace.button(words.commands['push.start']).click();
    await expect(open.page.getByText(`Can't reach ${registry.host}`)).toBeVisible({ timeout: 90_000 });
    await registry.start();
    await open.page.getByRole('button', { name: words.push.tryAgain }).click();
    await expect(open.page.getByTestId('digest')).toContainText('sha256:', { timeout: 60_000 });
  });

  test('a push waits for a registry killed during it, and succeeds when it is back', async () => {
    await openLargeProject('first');
    await signIn();
    await workspace.button(words.commands['push.start']).click();
    await expect(
      workspace.push
        .getByText(words.push.uncompressed.soFar)
        .or(workspace.push.getByText(words.push.uncompressed.toDo))
        .first()
    ).toBeVisible();
    await expect(workspace.push).toContainText(/\d MB/);
    await registry.kill();
    await expect(workspace.push.getByText(words.push.states.retrying).first()).toBeVisible({ timeout: 30_000 });
    await shoot(open.page, 'states/push-retrying');
    await registry.start();
    await expect(open.page.getByTestId('digest')).toContainText('sha256:', { timeout: 90_000 });
  });

  test('an engine killed during a push is reported, and the push can be repeated', async () => {
    await openLargeProject('second');
    await signIn();
    await workspace.name(`${registry.host}/${alice.username}/large:2`);
    await workspace.button(words.commands['push.start']).click();
    await expect(workspace.push).toContainText(/\d MB/);
    await engine.kill();
    await expect(workspace.push.getByText(/^Lost connection to /)).toBeVisible({ timeout: 20_000 });
    await engine.start();
    await expect(workspace.pill(/Docker \d/)).toBeVisible({ timeout: 20_000 });
    await open.page.getByRole('button', { name: words.push.tryAgain }).click();
    await expect(open.page.getByTestId('digest')).toContainText('sha256:', { timeout: 90_000 });
  });
});
