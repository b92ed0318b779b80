import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { dropOn } from '../real-parts/drag.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { build } from '../real/run-test-build.ts';
import { CompareView, shootBoth } from './compare-view.ts';

const text = words.compare;
const folder = makeFolder('packages');
const archive = join(folder, 'slim.tar');
let engine: RealEngine;
let open: OpenApp;
let page: Page;
let view: CompareView;

const status = (packages: Record<string, string>): string =>
  Object.entries(packages)
    .map(
      ([name, version]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`
    )
    .join('');
const copyDatabases = 'COPY status /var/lib/dpkg/status\nCOPY lists/ /var/lib/dpkg/info/\n';
const write = (kilobytes: number, path: string): string =>
  `mkdir -p $(dirname ${path}) && head -c ${kilobytes * 1000} /dev/urandom > ${path}`;

/** As in Debian, /lib is a link to usr/lib, and dpkg's lists name /lib. */
const debianBase =
  `FROM busybox\nRUN ${write(1800, '/usr/lib/x86_64-linux-gnu/libc.so.6')} && ln -s usr/lib /lib\n` +
  `RUN ${write(260, '/usr/bin/curl')} && ${write(24_000, '/usr/lib/gcc/cc1')}\n`;
const lists = {
  'lists/libc6:amd64.list': '/.\n/lib\n/lib/x86_64-linux-gnu\n/lib/x86_64-linux-gnu/libc.so.6\n',
  'lists/curl.list': '/.\n/usr/bin/curl\n',
  'lists/gcc-12.list': '/usr/lib/gcc\n/usr/lib/gcc/cc1\n'
};
const sitePackages = '/usr/lib/python3/dist-packages';
const manyPackages =
  `seq 5000 | awk '{ print "Package: lib-of-quite-a-long-name-number-" $1 "-dev"; print "Status: install ok installed"; ` +
  `print "Version: " VERSION "." $1 "-1+deb12u1\\n" }' VERSION=`;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  engine = await startEngine();
  await loadBusybox(engine);
  const client = await connectTo(engine);
  const made = [
    await build(
      client,
      `${debianBase}${copyDatabases}COPY site/ ${sitePackages}/\nCOPY modules/ /app/node_modules/\n`,
      {
        options: { tag: 'shop/api:full' },
        files: {
          status: status({ libc6: '2.36-9+deb12u10', curl: '7.88.1-10+deb12u5', 'gcc-12': '12.2.0-14' }),
          ...lists,
          'site/flask/app.py': 'app'.repeat(9000),
          'site/Flask-2.2.2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: Flask\nVersion: 2.2.2\n',
          'site/Flask-2.2.2.dist-info/RECORD': 'flask/app.py,,27000\n',
          'modules/express/package.json': '{"name":"express","version":"4.18.2"}',
          'modules/express/index.js': 'x'.repeat(15_000)
        }
      }
    ),
    await build(client, `${debianBase}RUN rm -r /usr/lib/gcc\n${copyDatabases}COPY modules/ /app/node_modules/\n`, {
      options: { tag: 'shop/api:slim' },
      files: {
        status: status({ libc6: '2.36-9+deb12u10', curl: '7.88.1-10+deb12u12', tini: '0.19.0-1' }),
        ...lists,
        'lists/tini.list': '/usr/bin/tini\n',
        'modules/express/package.json': '{"name":"express","version":"4.19.2"}',
        'modules/express/index.js': 'x'.repeat(16_000)
      }
    }),
    await build(client, 'FROM scratch\nCOPY --from=busybox /bin/busybox /bin/busybox\n', {
      options: { tag: 'shop/bare:1' }
    }),
    await build(client, 'FROM scratch\nCOPY --from=busybox /bin/sh /bin/other\n', { options: { tag: 'shop/plain:1' } }),
    await build(client, 'FROM busybox\nCOPY status /var/lib/dpkg/status\nCOPY rpmdb /var/lib/rpm/Packages\n', {
      options: { tag: 'shop/broken:1' },
      files: { status: 'not a status of anything', rpmdb: 'Berkeley DB' }
    }),
    ...(await Promise.all(
      ['1', '2'].map((version) =>
        build(
          client,
          `FROM busybox\nRUN mkdir -p /var/lib/dpkg && ${manyPackages}${version} > /var/lib/dpkg/status\n`,
          {
            options: { tag: `shop/many:many-${version}` }
          }
        )
      )
    )),
    ...(await Promise.all(
      ['1', '2'].map((version) =>
        build(
          client,
          `FROM busybox\nRUN head -c 300000000 /dev/zero > /big && touch -d @${version} /big\n` +
            `RUN mkdir -p /srv && echo same > /srv/same && echo ${version} > /srv/other && echo x > /srv/mode && ` +
            `chmod 60${version} /srv/mode && touch -d @${version} /srv/*\nCOPY status /var/lib/dpkg/status\n`,
          { options: { tag: `shop/large:large-${version}` }, files: { status: status({ 'base-files': version }) } }
        )
      )
    ))
  ];
  expect(made.flatMap(({ error }) => error ?? [])).toEqual([]);
  await engine.docker('save', '-o', archive, 'shop/api:slim');
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

const packages = (): Locator => page.getByRole('region', { name: text.packages.title });

/** Compares images of the list, and waits until they are read. */
async function compareImages(...tags: string[]): Promise<void> {
  await view.compareImages(...tags);
  await expect(page.getByRole('group', { name: text.viewLabel })).toBeVisible({ timeout: 60_000 });
}

async function makeBaseline(name: string): Promise<void> {
  const image = page.getByRole('region', { name, exact: true });
  const makeIt = image.getByRole('button', { name: text.setBaseline });
  if (await makeIt.isVisible()) await makeIt.click();
  await expect(image.getByText(text.baseline, { exact: true })).toBeVisible();
}

test('shows packages in one table, with their versions and the bytes they own', async () => {
  await compareImages('full', 'slim', 'bare');
  await makeBaseline('shop/api:full');
  await view.open('packages');
  await expect(page.getByText(text.packages.differing(6))).toBeVisible();
  await expect(view.row('gcc-12')).toContainText('24.0 MB');
  await expect(view.row('gcc-12')).toContainText(text.packages.changes.removed);
  await expect(view.row('tini')).toContainText(text.packages.changes.added);
  const curl = view.row('curl');
  await expect(curl).toContainText('7.88.1-10+deb12u5');
  await expect(curl).toContainText('7.88.1-10+deb12u12');
  await expect(curl).toContainText(text.packages.changes.changed);
  await expect(view.row('Flask')).toContainText('27.0 kB');
  // Owned via the link /lib -> usr/lib.
  await expect(view.row('libc6')).toContainText('1.8 MB');
  await expect(page.getByTestId('package-total').filter({ hasText: 'dpkg' })).toContainText('26.1 MB');
  await shootBoth(page, 'packages');
  await page.getByRole('searchbox', { name: text.packages.filter }).fill('express');
  await expect(page.getByTestId('package-total')).toHaveCount(3);
  await expect(packages().getByRole('row', { name: /^express/ })).toContainText('4.19.2');
  await expect(view.row('gcc-12')).toHaveCount(0);
  await page.getByRole('searchbox', { name: text.packages.filter }).fill('');
  await page.getByRole('group', { name: text.packages.kindFilter }).getByText('npm').click();
  await expect(view.row('gcc-12')).toHaveCount(0);
  await expect(page.getByTestId('package-total')).toHaveCount(1);
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.getByRole('group', { name: text.packages.kindFilter }).getByText(text.packages.allKinds).click();
  await shoot(page, 'compare/packages-narrow');
});

test('compares the packages of an image with those of an archive: identical', async () => {
  await compareImages('slim', 'bare');
  await dropOn(page, archive);
  await expect(page.getByTestId('compared-image')).toHaveCount(3);
  await page
    .getByRole('region', { name: 'shop/bare:1' })
    .getByRole('button', { name: text.remove('shop/bare:1') })
    .click();
  await expect(page.getByTestId('compared-image')).toHaveCount(2);
  await view.open('packages');
  await expect(page.getByText(text.packages.same)).toBeVisible();
  await page.getByRole('group', { name: text.packages.show }).getByText(text.packages.all).click();
  await expect(view.row('libc6')).toContainText(text.packages.changes.same);
});

test('reports that there are no packages, and which databases cannot be read', async () => {
  await compareImages('bare', 'plain');
  await view.open('packages');
  await expect(page.getByText(text.packages.none)).toBeVisible();
  await shoot(page, 'compare/packages-none');
  await compareImages('bare', 'broken');
  await view.open('packages');
  const unreadMessage = (path: string, reason: keyof typeof text.packages.reasons): Locator =>
    page.getByText(text.packages.unreadOf('shop/broken:1', path, text.packages.reasons[reason]));
  await expect(unreadMessage('/var/lib/dpkg/status', 'damaged')).toBeVisible();
  await expect(unreadMessage('/var/lib/rpm/Packages', 'format')).toBeVisible();
  await shoot(page, 'compare/packages-unread');
});

test('draws a screenful of 5,000 packages', async () => {
  await compareImages('many-1', 'many-2');
  await view.open('packages');
  await expect(page.getByText(text.packages.differing(5000))).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  await page.getByRole('searchbox', { name: text.packages.filter }).fill('number-499');
  await expect(view.row('number-4999-dev')).toBeVisible();
  await expect(view.row('number-4998-dev')).toContainText('1.4998-1+deb12u1');
  await page.getByRole('searchbox', { name: text.packages.filter }).fill('');
  await view.button(text.packages.name).click();
  const grid = packages().getByRole('grid', { name: text.packages.title });
  await grid.press('End');
  await expect(view.row('number-5000-dev')).toBeVisible();
  await grid.press('Home');
  await grid.pressSequentially('lib-of-quite-a-long-name-number-2');
  await expect(grid).toHaveAttribute(
    'aria-activedescendant',
    (await view.row('number-2-dev').getAttribute('id')) ?? ''
  );
  await shoot(page, 'compare/packages-many');
});

test('fits six images into a small window', async () => {
  await compareImages('full', 'slim', 'many-1', 'plain', 'broken', 'bare');
  await page.setViewportSize({ width: 1024, height: 640 });
  await shoot(page, 'compare/contents-offer-narrow');
  await view.open('packages');
  await expect(view.row('gcc-12')).toBeVisible({ timeout: 30_000 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  await shoot(page, 'compare/packages-six');
});

test('stops reading packages when canceled, and reads them when requested again', async () => {
  test.setTimeout(120_000);
  await compareImages('large-1', 'large-2');
  await view.open('packages');
  await expect(page.getByText(text.packages.reading)).toBeVisible();
  await expect(page.getByTestId('scan-progress')).toContainText(/shop\/large:large-\d/);
  await shoot(page, 'compare/packages-reading');
  const before = Date.now();
  await packages().getByRole('button', { name: words.app.cancel }).click();
  await expect(page.getByText(text.packages.cancelled)).toBeVisible();
  expect(Date.now() - before).toBeLessThan(1000);
  await shoot(page, 'compare/packages-cancelled');
  // The other parts of the comparison are unchanged.
  await view.open('files');
  await expect(view.row('srv').first()).toBeVisible();
  await view.open('packages');
  await view.button(text.packages.read).click();
  await expect(page.getByText(text.packages.differing(1))).toBeVisible({ timeout: 60_000 });
  await expect(view.row('base-files')).toContainText(text.packages.changes.changed);
});

test('reports that the engine was lost while packages were read, and reads them once it is back', async () => {
  test.setTimeout(120_000);
  await compareImages('large-1', 'large-2');
  await view.open('packages');
  await expect(page.getByTestId('scan-progress')).toContainText(/shop\/large:large-\d/);
  await engine.kill();
  await expect(packages().getByRole('button', { name: words.app.tryAgain })).toBeVisible({ timeout: 15_000 });
  await expect(packages().getByRole('alert')).toContainText(/Lost connection to /);
  await shoot(page, 'compare/packages-engine-lost');
  await engine.start();
  await expect(async () => {
    await packages().getByRole('button', { name: words.app.tryAgain }).click();
    await expect(view.row('base-files')).toBeVisible({ timeout: 20_000 });
  }).toPass({ timeout: 60_000 });
});

test('compares files of the same size by their content on request', async () => {
  test.setTimeout(120_000);
  await compareImages('large-1', 'large-2');
  await view.open('files');
  const filter = page.getByRole('group', { name: text.files.filter });
  await view.row('/srv').click();
  await expect(view.row('same')).toContainText(text.files.changes.touched);
  await expect(view.row('other')).toContainText(text.files.changes.touched);
  await expect(filter.getByText(text.files.changes.content)).toHaveCount(0);
  await page.getByRole('button', { name: new RegExp(`^${text.contents.compare} · reads 600 MB$`) }).click();
  await expect(page.getByTestId('scan-progress')).toBeVisible();
  await shoot(page, 'compare/contents-reading');
  await expect(page.getByText(text.contents.done)).toBeVisible({ timeout: 60_000 });
  await expect(view.row('other')).toContainText(text.files.changes.content);
  await expect(view.row('mode')).toContainText(text.files.changes.changed);
  await expect(view.row(/^same/)).toHaveCount(0);
  await expect(view.row('/big')).toHaveCount(0);
  await expect(page.getByText(text.files.count(3))).toBeVisible();
  await filter.getByText(text.files.changes.content).click();
  await expect(view.row('mode')).toHaveCount(0);
  await expect(view.row('other')).toBeVisible();
  await shootBoth(page, 'contents');
});
