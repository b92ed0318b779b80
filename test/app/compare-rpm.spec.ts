import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { CompareView } from './compare-view.ts';
import { installRpms, packRoot, queryRpms, rpmFolder, type RpmPackage } from '../real-parts/install-rpms.ts';

const text = words.compare;
const folder = makeFolder('rpm');
const roots = { 'shop/fedora:39': join(folder, 'before'), 'shop/fedora:40': join(folder, 'after') };
const older = join(folder, 'older');
let engine: RealEngine;
let open: OpenApp;
let page: Page;
let view: CompareView;

const libraries: RpmPackage[] = [
  { name: 'glibc', version: '2.38', release: '7.fc39', files: { '/usr/lib64/libc.so.6': 2_400_000 } },
  {
    name: 'openssl-libs-with-quite-a-long-name-for-a-package',
    epoch: 1,
    version: '3.1.1',
    release: '4.fc39.20240214git0123456789abcdef',
    files: { '/usr/lib64/libssl.so.3': 700_000, '/usr/share/licenses/openssl-libs/LICENSE.txt': 10_000 }
  }
];
const installed: RpmPackage[][] = [
  [
    ...libraries,
    { name: 'bash', version: '5.2.21', release: '2.fc39', files: { '/usr/bin/bash': 1_400_000 } },
    { name: 'gcc', version: '13.2.1', release: '6.fc39', files: { '/usr/libexec/gcc/cc1': 24_000_000 } },
    { name: 'basesystem', version: '11', release: '18.fc39' }
  ],
  [
    ...libraries,
    { name: 'bash', version: '5.2.26', release: '3.fc40', files: { '/usr/bin/bash': 1_500_000 } },
    { name: 'tini', version: '0.19.0', release: '5.fc40', files: { '/usr/bin/tini': 24_000 } }
  ]
];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  engine = await startEngine();
  for (const [i, root] of Object.values(roots).entries()) {
    mkdirSync(root);
    installRpms(root, installed[i] ?? []);
  }
  mkdirSync(join(older, rpmFolder), { recursive: true });
  for (const name of ['Packages', 'Packages.db', 'rpmdb.sqlite']) writeFileSync(join(older, rpmFolder, name), 'none');
  for (const [tag, root] of [...Object.entries(roots), ['shop/centos:el7', older] as const]) {
    packRoot(root, `${root}.tar`);
    await engine.docker('import', `${root}.tar`, tag);
  }
});
test.afterAll(async () => {
  await engine.stop();
  removeFolders(folder);
});

test.beforeEach(async () => {
  open = await openApp({ engine });
  page = open.page;
  view = new CompareView(page);
});
test.afterEach(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
});

/** Compares images of the list, and shows their packages. */
async function comparePackages(...tags: string[]): Promise<void> {
  await view.compareImages(...tags);
  const views = page.getByRole('group', { name: text.viewLabel });
  await views.getByText(text.views.packages, { exact: true }).click({ timeout: 60_000 });
}

test('shows what rpm installed, as reported by rpm itself', async () => {
  await comparePackages('39', '40');
  await expect(page.getByText(text.packages.differing(4))).toBeVisible();
  await page.getByRole('group', { name: text.packages.show }).getByText(text.packages.all, { exact: true }).click();
  for (const root of Object.values(roots)) {
    for (const { name, version } of queryRpms(root)) {
      await expect(page.getByRole('row', { name: new RegExp(`^${name} `) })).toContainText(version);
    }
  }
  await expect(view.row('gcc')).toContainText('24.0 MB');
  await expect(view.row('gcc')).toContainText(text.packages.changes.removed);
  await expect(view.row('tini')).toContainText(text.packages.changes.added);
  await expect(view.row('bash')).toContainText(text.packages.changes.changed);
  await expect(page.getByTestId('package-total')).toContainText(['28.5 MB']);
  await shoot(page, 'compare/packages-rpm');
});

test('lists the databases of rpm that cannot be read', async () => {
  await comparePackages('el7', '40');
  for (const [name, reason] of [
    ['Packages', 'format'],
    ['Packages.db', 'format'],
    ['rpmdb.sqlite', 'damaged']
  ] as const) {
    const unreadMessage = text.packages.unreadOf(
      'shop/centos:el7',
      `/${rpmFolder}/${name}`,
      text.packages.reasons[reason]
    );
    await expect(page.getByText(unreadMessage)).toBeVisible();
  }
  await page.setViewportSize({ width: 1024, height: 640 });
  await shoot(page, 'compare/packages-rpm-unread');
});
