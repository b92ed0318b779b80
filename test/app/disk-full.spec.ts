import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { makeProject, Workspace } from './workspace.ts';

let engine: RealEngine;
let registry: RealRegistry;
let open: OpenApp;
let workspace: Workspace;

test.beforeAll(async () => {
  [engine, registry] = await Promise.all([
    startEngine({ diskBytes: 90_000_000 }),
    startRegistry('token', { diskBytes: 4_000_000 })
  ]);
  await loadBusybox(engine);
  open = await openApp({ engine });
  workspace = new Workspace(open.page);
});
test.afterAll(async () => {
  await open.close();
  await Promise.all([engine.stop(), registry.stop()]);
});

test("a registry's full disk is reported during the push", async () => {
  const text = 'FROM busybox\nRUN head -c 20000000 /dev/urandom > /file\n';
  await workspace.drop(makeProject('pushed', { Dockerfile: text }));
  await workspace.name(`${registry.host}/${users.alice.username}/pushed:1`);
  await workspace.build();
  await workspace.button(words.commands['push.start']).click();
  await open.page.getByRole('button', { name: words.push.signIn }).click();
  await workspace.signIn(users.alice.username, users.alice.secret);
  const title = words.errors['registry-disk-full'].title({ code: 'registry-disk-full', host: registry.host });
  await expect(open.page.getByText(title)).toBeVisible();
  await shoot(open.page, 'states/registry-disk-full');
});

test("the engine's full disk is reported", async () => {
  await workspace.drop(makeProject('built', { Dockerfile: 'FROM busybox\nRUN cat /dev/zero > /file\n' }));
  await workspace.build('failed');
  const title = words.errors['engine-disk-full'].title({ code: 'engine-disk-full' });
  await expect(open.page.getByText(title).first()).toBeVisible();
  await shoot(open.page, 'states/engine-disk-full');
});
