import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { parseReference } from '#contract/domain/reference.ts';
import { words } from '#contract/words/words.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { pushImage } from '#core/push/push-image.ts';
import { readRemoteImage } from '#core/registry/read-remote-image.ts';
import { loadBusybox } from '../real-parts/base-images.ts';
import { connectTo } from '../real-parts/engine-client.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { makeFolder, openApp, removeFolders, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { startRegistryProxy, type RegistryProxy } from '../real-parts/start-registry-proxy.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';
import { build } from '../real/run-test-build.ts';
import { CompareView } from './compare-view.ts';
import { makeProject, Workspace } from './workspace.ts';

const text = words.compare;
const { alice } = users;
const homes: string[] = [];
let engine: RealEngine;
let client: EngineClient;
let basic: RealRegistry;
let tokens: RealRegistry;
let proxy: RegistryProxy;
let open: OpenApp;
let page: Page;
let view: CompareView;

const common = 'FROM busybox\nRUN head -c 9000000 /dev/urandom > /base.so\n';

test.beforeAll(async () => {
  test.setTimeout(180_000);
  [engine, basic, tokens] = await Promise.all([startEngine(), startRegistry('htpasswd'), startRegistry('token')]);
  client = await connectTo(engine);
  await loadBusybox(engine);
  const make = (rest: string, tag: string) => build(client, common + rest, { options: { tag } });
  const old = await make(
    'RUN mkdir -p /usr/lib/gcc && head -c 6000000 /dev/urandom > /usr/lib/gcc/cc1\n' +
      'RUN head -c 3000000 /dev/urandom > /usr/lib/all.zip\nENV MODE=old\nUSER nobody\n',
    'shop/api:old'
  );
  const next = await make('RUN head -c 4000000 /dev/urandom > /all.zip\nENV MODE=new\n', 'shop/api:new');
  for (const registry of [basic, tokens]) {
    await push(registry, old.imageId ?? '', 'api:1');
    await push(registry, next.imageId ?? '', 'api:2');
  }
  await engine.docker('rmi', 'shop/api:old');
});
test.afterAll(async () => {
  await Promise.all([engine.stop(), basic.stop(), tokens.stop()]);
  removeFolders(...homes);
});

test.beforeEach(async () => {
  proxy = await startRegistryProxy(basic.host);
  const home = makeFolder('home');
  homes.push(home);
  mkdirSync(join(home, '.docker'));
  const auth = Buffer.from(`${alice.username}:${alice.secret}`).toString('base64');
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { [proxy.host]: { auth } } }));
  open = await openApp({ engine, home });
  page = open.page;
  view = new CompareView(page);
});
test.afterEach(async () => {
  expect(open.pageErrors).toEqual([]);
  await open.close();
  await proxy.stop();
});

const dialog = (): Locator => page.getByRole('dialog');
const fetchButton = (): Locator => page.getByRole('button', { name: /^Download layers/ });
const reference = (path: string): string => `${proxy.host}/alice/${path}`;

async function push(registry: RealRegistry, imageId: string, path: string): Promise<void> {
  const parsed = parseReference(`${registry.host}/alice/${path}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const request = { engine: client, imageId, reference: parsed.reference, login: alice };
  await pushImage(request, { signal: new AbortController().signal, emit: () => undefined });
}

/** Digests of an image's layers in the registry, base first. */
async function layersOf(path: string): Promise<string[]> {
  const { image: found } = await readRemoteImage({
    reference: `${basic.host}/alice/${path}`,
    platform: null,
    preferredPlatform: 'linux/amd64',
    loginFor: () => Promise.resolve(alice)
  });
  return found.layers.map(({ digest }) => digest);
}

/**
 * An image with as many layers as an engine accepts, with long instructions and a long name; all layers are one blob.
 */
async function putTallImage(name: string): Promise<void> {
  const at = `http://${basic.host}/v2/alice/${name.split(':')[0] ?? ''}`;
  const authorization = `Basic ${Buffer.from(`${alice.username}:${alice.secret}`).toString('base64')}`;
  const put = async (blob: string): Promise<string> => {
    const digest = `sha256:${createHash('sha256').update(blob).digest('hex')}`;
    const upload = await fetch(`${at}/blobs/uploads/`, { method: 'POST', headers: { authorization } });
    const url = new URL(upload.headers.get('location') ?? '');
    url.searchParams.set('digest', digest);
    const headers = { authorization, 'content-type': 'application/octet-stream' };
    await fetch(url, { method: 'PUT', headers, body: blob });
    return digest;
  };
  const layer = await put('a layer');
  const layerIndexes = Array.from({ length: 127 }, (_, index) => index);
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layerIndexes.map((index) => `sha256:${String(index).padStart(64, '0')}`) },
    history: layerIndexes.map((index) => ({
      created_by: `RUN /bin/sh -c ${'make everything '.repeat(12)}${index} # buildkit`
    }))
  });
  const digest = await put(config);
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = {
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest, size: config.length },
    layers: layerIndexes.map((index) => ({
      mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      digest: layer,
      size: 1_000_000 * (1 + ((index * 37) % 90))
    }))
  };
  const headers = { authorization, 'content-type': type };
  const body = JSON.stringify(manifest);
  const answer = await fetch(`${at}/manifests/${name.split(':')[1] ?? ''}`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

/** An index of the two images as if they were for two platforms, named `name`. */
async function putIndex(name: string): Promise<void> {
  const at = `http://${basic.host}/v2/alice/api/manifests`;
  const authorization = `Basic ${Buffer.from(`${alice.username}:${alice.secret}`).toString('base64')}`;
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const describe = async (tag: string, architecture: string): Promise<object> => {
    const answer = await fetch(`${at}/${tag}`, { headers: { authorization, accept: mediaType } });
    const size = (await answer.arrayBuffer()).byteLength;
    const digest = answer.headers.get('docker-content-digest');
    return { mediaType, digest, size, platform: { os: 'linux', architecture } };
  };
  const type = 'application/vnd.docker.distribution.manifest.list.v2+json';
  const manifests = [await describe('1', 'arm64'), await describe('2', 'amd64')];
  const body = JSON.stringify({ schemaVersion: 2, mediaType: type, manifests });
  const put = await fetch(`${at}/${name}`, { method: 'PUT', headers: { authorization, 'content-type': type }, body });
  if (!put.ok) throw new Error(await put.text());
}

async function addLocal(name: RegExp): Promise<void> {
  await view.button(text.choices.add).first().click();
  await dialog().getByRole('listitem').filter({ hasText: name }).getByRole('button').click();
}

async function addRemote(name: string): Promise<void> {
  await view.button(text.choices.add).first().click();
  await dialog().getByRole('radio', { name: words.remote.adding.sources.registry, exact: true }).click();
  await dialog().getByLabel(words.remote.adding.reference).fill(name);
  await dialog().getByRole('button', { name: words.remote.adding.add, exact: true }).click();
}

test('a local image and its pushed copy are identical, and no layer is fetched', async () => {
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addRemote(reference('api:2'));
  await expect(view.pictures).toHaveCount(2);
  await expect(view.image(reference('api:2')).getByText(text.sameImage('shop/api:new'))).toBeVisible();
  await expect(view.image(reference('api:2')).getByTestId('delta')).toHaveText(text.sameSize);
  await expect(view.image(reference('api:2'))).toContainText('all layers are local');
  await expect(page.getByText(text.files.none)).toBeVisible();
  const layers = await layersOf('api:2');
  expect(proxy.blobs.filter((digest) => layers.includes(digest))).toEqual([]);
  await shoot(page, 'compare/remote-same');
});

test('an older image in the registry is displayed compressed, and only the missing layers are fetched', async () => {
  proxy.headers = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' };
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addRemote(reference('api:1'));
  const remote = view.image(reference('api:1'));
  await expect(remote.getByTestId('delta')).toHaveText(words.remote.unknown);
  await expect(remote).toContainText(/19\.\d MB/);
  await expect(remote).toContainText(words.remote.compressedUnit);
  await expect(remote).toContainText('76 of 100 pulls left in 6 h');
  await expect(
    remote.getByRole('list', { name: words.remote.layers }).getByText(words.remote.layerLocal, { exact: true })
  ).toHaveCount(2);
  await expect(page.getByText(words.remote.filesFew)).toBeVisible();
  await expect(view.pictures).toHaveCount(1);
  await page.getByText(text.views.config, { exact: true }).click();
  await expect(page.getByRole('row', { name: /^Environment MODE/ })).toContainText('old');
  await page.getByText(text.views.packages, { exact: true }).click();
  await expect(page.getByText(words.remote.packagesFew)).toBeVisible();
  await page.getByText(text.views.size, { exact: true }).click();
  await shoot(page, 'compare/remote-compressed');

  proxy.clearBlobs();
  await expect(fetchButton()).toHaveText(/Download layers \(9\.0 MB\)/);
  await fetchButton().click();
  await expect(view.pictures).toHaveCount(2);
  await expect(remote.getByTestId('delta')).toHaveText(/^\+5\.0 MB · 3\d% larger$/);
  await expect(view.row('cc1')).toContainText(text.files.changes.added);
  expect(proxy.blobs).toEqual((await layersOf('api:1')).slice(2));
  await shoot(page, 'compare/remote-fetched');

  // Fetched layers are cached: the same image is complete immediately the next time.
  proxy.clearBlobs();
  await addLocal(/busybox/);
  await expect(view.pictures).toHaveCount(3);
  expect(proxy.blobs).toEqual([]);
});

test('a registry that requires a sign-in, or another one, gets it in the dialog; then the image is added and fetched', async () => {
  await view.show();
  await addLocal(/shop\/api\s*new/);
  const name = `${tokens.host}/alice/api:1`;
  await addRemote(name);
  await expect(
    dialog().getByText(
      words.errors['registry-not-signed-in'].title({ code: 'registry-not-signed-in', host: tokens.host })
    )
  ).toBeVisible();
  await shoot(page, 'compare/remote-sign-in');
  await dialog().getByRole('button', { name: words.remote.adding.signIn }).click();
  await new Workspace(page).signIn(users.bob.username, users.bob.secret);
  await expect(dialog().getByText(`${tokens.host} denied read access to alice/api`)).toBeVisible();
  await dialog().getByRole('button', { name: words.remote.adding.signIn }).click();
  await new Workspace(page).signIn(alice.username, alice.secret);
  await expect(view.image(name).getByTestId('delta')).toHaveText(words.remote.unknown);
  await fetchButton().click();
  await expect(view.pictures).toHaveCount(2);
});

test('reports a missing image, a rate limit, and a registry that does not answer; the comparison stays', async () => {
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addLocal(/busybox/);
  await expect(view.pictures).toHaveCount(2);
  await addRemote(reference('none:1'));
  await expect(dialog().getByText(`${proxy.host} does not have this image`)).toBeVisible();
  proxy.refusal = { status: 429, headers: { 'retry-after': '30' } };
  await dialog().getByRole('button', { name: words.app.tryAgain }).click();
  await expect(dialog().getByText('Try again in 30 s.')).toBeVisible();
  await shoot(page, 'compare/remote-rate-limited');
  await proxy.stop();
  await dialog().getByRole('button', { name: words.app.tryAgain }).click();
  await expect(dialog().getByText(`Can't reach ${proxy.host}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view.pictures).toHaveCount(2);
});

test('a fetch can be canceled, and a failed one shows the reason; the displayed data stays', async () => {
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addRemote(reference('api:1'));
  proxy.bytesPerSecond = 1_000_000;
  await fetchButton().click();
  await expect(page.getByTestId('fetch-layers')).toContainText(/of 9\.0 MB downloaded/);
  await shoot(page, 'compare/remote-fetching');
  await page.getByTestId('fetch-layers').getByRole('button', { name: words.app.cancel }).click();
  await expect(page.getByText(words.remote.fetchCancelled)).toBeVisible();
  await expect(view.pictures).toHaveCount(1);
  await fetchButton().click();
  await expect(page.getByTestId('fetch-layers')).toContainText(/of 9\.0 MB downloaded/);
  await proxy.stop();
  await expect(page.getByTestId('fetch-layers').getByText(`Can't reach ${proxy.host}`)).toBeVisible();
  await expect(view.pictures).toHaveCount(1);
  await shoot(page, 'compare/remote-broken-off');
});

test('a login that was removed before layers are fetched is requested again', async () => {
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addRemote(reference('api:1'));
  await expect(fetchButton()).toBeVisible();
  writeFileSync(join(homes.at(-1) ?? '', '.docker/config.json'), '{}');
  await fetchButton().click();
  await page.getByTestId('fetch-layers').getByRole('button', { name: words.remote.adding.signIn }).click();
  await new Workspace(page).signIn(alice.username, alice.secret);
  await expect(view.pictures).toHaveCount(2);
});

test('shows complete and compressed images side by side, and as bars in a small window', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addRemote(reference('api:1'));
  await expect(fetchButton()).toBeVisible();
  await addRemote(reference('api:2'));
  await expect(page.getByTestId('compared-image')).toHaveCount(3);
  await expect(page.getByText(words.remote.filesMissing(reference('api:1')))).toBeVisible();
  await shoot(page, 'compare/remote-mixed-narrow');
  await page.getByText(text.views.packages, { exact: true }).click();
  await expect(page.getByText(text.packages.none)).toBeVisible();
  await expect(page.getByText(words.remote.filesMissing(reference('api:1')))).toBeVisible();
  await shoot(page, 'compare/remote-mixed-packages');
  await page.getByText(text.views.size, { exact: true }).click();
  await addLocal(/busybox/);
  await expect(page.getByRole('img', { name: text.bars })).toHaveCount(3);
  await expect(fetchButton()).toBeVisible();
  await shoot(page, 'compare/remote-bars');
  await proxy.stop();
  await fetchButton().click();
  await expect(page.getByTestId('fetch-layers').getByText(`Can't reach ${proxy.host}`)).toBeVisible();
  await shoot(page, 'compare/remote-bars-failed');
});

test('offers the platforms of an index, and shows the difference of two remote images in compressed bytes', async () => {
  await putIndex('both');
  await view.show();
  await addRemote(reference('api:both'));
  await expect(dialog().getByText(words.remote.adding.platforms)).toBeVisible();
  await shoot(page, 'compare/remote-platforms');
  await dialog().getByRole('button', { name: 'linux/arm64', exact: true }).click();
  await expect(page.getByText(text.choices.addAnotherText(reference('api:both')))).toBeVisible();
  await addRemote(reference('api:2'));
  const second = view.image(reference('api:2'));
  await expect(second.getByTestId('delta')).toHaveText(/^−5\.0 MB · 2\d% smaller, compressed$/);
  await expect(view.image(reference('api:both'))).toContainText(words.remote.onPlatform('linux/arm64'));
  await expect(view.pictures).toHaveCount(0);
  await shoot(page, 'compare/remote-two');
  await second.getByRole('button', { name: /^Download layers/ }).click();
  await expect(view.pictures).toHaveCount(1);
  await expect(second).toContainText(text.baseline);
});

test("one click after a push compares the build with the registry's image", async () => {
  const project = makeProject('site', { Dockerfile: 'FROM busybox\nRUN head -c 2000000 /dev/urandom > /data\n' });
  homes.push(project);
  const workspace = new Workspace(page);
  await workspace.drop(project);
  const name = reference('site:1');
  await workspace.name(name);
  await workspace.build();
  await page.keyboard.press('Control+Shift+P');
  await page.getByTestId('push-result').getByRole('button', { name: words.remote.compareWithRegistry }).click();
  const remote = page.getByTestId('compared-image').nth(1);
  await expect(remote).toContainText('all layers are local');
  await expect(remote.getByText(text.sameImage(name))).toBeVisible();
  await shoot(page, 'compare/remote-pushed');

  // The registry is down the next time: the comparison reports it in place of that image.
  await proxy.stop();
  await view.button(words.commands['view.projects']).click();
  await page.getByTestId('push-result').getByRole('button', { name: words.remote.compareWithRegistry }).click();
  await expect(page.getByText(text.reading.failed(name))).toBeVisible();
  await expect(page.getByText(`Can't reach ${proxy.host}`)).toBeVisible();
  await shoot(page, 'compare/remote-gone');
});

test('an image of 127 layers and a long name stays readable', async () => {
  const name = `a-repository-whose-name-is-long-enough-to-be-in-the-way:${'2026.11-rc'.repeat(6)}`;
  await putTallImage(name);
  await page.setViewportSize({ width: 1024, height: 640 });
  await view.show();
  await addLocal(/shop\/api\s*new/);
  await addRemote(reference(name));
  const list = view.image(reference(name)).getByRole('list', { name: words.remote.layers });
  await expect(list.getByRole('listitem')).toHaveCount(127);
  await expect(fetchButton()).toBeInViewport();
  await list.getByRole('listitem').last().scrollIntoViewIfNeeded();
  await expect(list.getByRole('listitem').last()).toBeInViewport();
  await shoot(page, 'compare/remote-tall');
});
