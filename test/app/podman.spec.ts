import { expect, test } from '@playwright/test';
import { loadBusyboxForPodman } from '../real-parts/base-images.ts';
import { openApp, shoot } from '../real-parts/open-app.ts';
import { startPodman, type RealPodman } from '../real-parts/start-podman.ts';
import { makeProject, Workspace } from './workspace.ts';

let podman: RealPodman;

test.beforeAll(async () => {
  podman = await startPodman();
  loadBusyboxForPodman(podman);
});
test.afterAll(() => podman.stop());

test('Podman builds a dropped folder, and its layers are displayed', async () => {
  const open = await openApp({ engine: podman });
  const workspace = new Workspace(open.page);
  await workspace.drop(makeProject('pods', { Dockerfile: 'FROM busybox\nRUN echo made by podman > /made\n' }));
  await expect(workspace.pill(/Podman \d/)).toBeVisible();
  await workspace.build();
  await expect(workspace.step('RUN echo made by podman')).toHaveClass(/done/);
  await expect(workspace.treemap.getByRole('treeitem', { name: /base image/ }).first()).toBeVisible();
  await shoot(open.page, 'states/podman');
  expect(open.pageErrors).toEqual([]);
  await open.close();
});
