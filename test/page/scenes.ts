import { expect, type Locator, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { runCommand } from './open-scene.ts';

/** A view in one of its states. */
export interface SceneCase {
  readonly name: string;
  /** Parsed by renderer/dev/scene.ts. */
  readonly query: string;
  /** The user actions that lead to the view. */
  readonly steps?: (page: Page) => Promise<unknown>;
  /** An element that is visible once the view is. */
  readonly shows: (page: Page) => Locator;
}

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true });
const view = (page: Page, name: string): Locator => page.getByRole('radio', { name, exact: true });
const workspace = (page: Page): Locator => page.getByTestId('workspace');
const dialog = (page: Page): Locator => page.getByRole('dialog').or(page.getByRole('alertdialog'));
const treemap = (page: Page): Locator => page.getByRole('tree', { name: words.layers.treemap });

/** Shows a view of the layers, once the files have been read. */
async function showLayers(page: Page, name: string): Promise<void> {
  await view(page, words.layers.views.waste).waitFor();
  await view(page, name).click();
}

async function showImages(page: Page): Promise<void> {
  await runCommand(page, 'view.images');
  await page.getByRole('row').nth(1).waitFor();
}

async function selectImages(page: Page): Promise<void> {
  await showImages(page);
  await page.locator('[data-check]').nth(1).click();
  await page.locator('[data-check]').nth(2).click();
}

async function showComparison(page: Page, name: string): Promise<void> {
  await workspace(page).waitFor();
  await runCommand(page, 'view.compare');
  await view(page, name).click();
}

const startBuild = async (page: Page): Promise<void> => {
  await expect(button(page, words.commands['build.start'])).toBeEnabled();
  await runCommand(page, 'build.start');
};
const startPush = async (page: Page): Promise<void> => {
  await treemap(page).waitFor();
  await runCommand(page, 'push.start');
};

/** Every screen, in each of its states. */
export const scenes: readonly SceneCase[] = [
  { name: 'start, nothing known', query: 'empty', shows: (page) => button(page, words.start.sample) },
  { name: 'start with recent projects', query: 'long', shows: (page) => page.getByText(words.start.recent) },
  { name: 'start without an engine', query: 'engine=none', shows: (page) => button(page, words.start.sample) },
  {
    name: 'start after a damaged store',
    query: 'failing&long',
    shows: (page) => page.getByText(words.app.dataFileDamaged)
  },

  { name: 'project without a Dockerfile', query: 'project&starter&empty&long', shows: workspace },
  { name: 'project before its first build', query: 'project&empty&long', shows: workspace },
  { name: 'project without an engine', query: 'project&engine=none&long', shows: workspace },
  { name: 'project whose engine was lost', query: 'project&engine=lost&long', shows: workspace },
  {
    name: 'project, building',
    query: 'project&empty&long&instant&held=build',
    steps: startBuild,
    shows: (page) => button(page, words.app.cancel)
  },
  {
    name: 'project, build failed',
    query: 'project&empty&long&instant&failing=build',
    steps: startBuild,
    shows: (page) => page.getByRole('alert').first()
  },
  { name: 'project, built', query: 'project', shows: treemap },
  { name: 'project with long names, built', query: 'project&long&instant', shows: treemap },
  {
    name: 'project, reading files',
    query: 'project&long&instant&held=analysis',
    shows: (page) => button(page, words.layers.reading.cancel)
  },
  ...(['history', 'files', 'waste'] as const).map((name): SceneCase => ({
    name: `project, ${name}`,
    query: 'project&long&instant',
    steps: (page) => showLayers(page, words.layers.views[name]),
    shows: (page) => view(page, words.layers.views[name]).and(page.getByRole('radio', { checked: true }))
  })),
  {
    name: 'project, build options',
    query: 'project&long&instant',
    steps: async (page) => {
      await treemap(page).waitFor();
      await runCommand(page, 'build.options');
    },
    shows: dialog
  },

  { name: 'no images', query: 'empty', steps: (page) => runCommand(page, 'view.images'), shows: noImages },
  {
    name: 'images',
    query: 'long',
    steps: showImages,
    shows: (page) => page.getByText('on disk', { exact: false }).first()
  },
  { name: 'many images', query: 'many', steps: showImages, shows: (page) => page.getByRole('grid') },
  {
    name: 'images without an engine',
    query: 'engine=none',
    steps: (page) => runCommand(page, 'view.images'),
    shows: (page) => page.getByRole('main')
  },
  {
    name: 'images, selected',
    query: 'long',
    steps: selectImages,
    shows: (page) => page.getByText(words.images.selected(2))
  },
  {
    name: 'images, removing',
    query: 'long',
    steps: async (page) => {
      await selectImages(page);
      await button(page, words.images.remove).click();
    },
    shows: dialog
  },
  {
    name: 'images, adding a tag',
    query: 'long',
    steps: async (page) => {
      await showImages(page);
      await page.locator('[data-check]').nth(1).click();
      await button(page, words.images.tag).click();
    },
    shows: dialog
  },
  {
    name: 'one image',
    query: 'long&instant',
    steps: async (page) => {
      await showImages(page);
      await page.getByRole('gridcell').nth(3).click();
    },
    shows: treemap
  },

  {
    name: 'nothing to compare',
    query: '',
    steps: (page) => runCommand(page, 'view.compare'),
    shows: (page) => page.getByText(words.compare.choices.title)
  },
  {
    name: 'compare, adding an image',
    query: 'long',
    steps: async (page) => {
      await runCommand(page, 'view.compare');
      await button(page, words.compare.choices.add).first().click();
    },
    shows: dialog
  },
  {
    name: 'compare, reading',
    query: 'project&long&compared=3&instant&held=comparison',
    steps: async (page) => {
      await workspace(page).waitFor();
      await runCommand(page, 'view.compare');
    },
    shows: (page) => button(page, words.compare.reading.cancel)
  },
  ...([2, 6] as const).flatMap((count) =>
    (['size', 'difference', 'config', 'packages'] as const).map((name): SceneCase => ({
      name: `compare ${count} images, ${name}`,
      query: `project&long&instant&compared=${count}`,
      steps: (page) => showComparison(page, words.compare.views[name]),
      shows: (page) => view(page, words.compare.views[name]).and(page.getByRole('radio', { checked: true }))
    }))
  ),

  {
    name: 'push, sending',
    query: 'project&long&instant&held=push',
    steps: startPush,
    shows: (page) => button(page, words.commands['push.cancel'])
  },
  {
    name: 'push, done',
    query: 'project&long&instant',
    steps: startPush,
    shows: (page) => button(page, words.push.copyDigest)
  },
  {
    name: 'push, refused',
    query: 'project&long&instant&failing=push',
    steps: startPush,
    shows: (page) => button(page, words.push.signIn)
  },
  {
    name: 'push, signing in',
    query: 'project&long&instant&failing=push',
    steps: async (page) => {
      await startPush(page);
      await button(page, words.push.signIn).click();
    },
    shows: dialog
  },

  {
    name: 'no builds',
    query: 'empty',
    steps: (page) => runCommand(page, 'view.builds'),
    shows: (page) => page.getByText(words.builds.none.title)
  },
  {
    name: 'builds',
    query: 'long',
    steps: (page) => runCommand(page, 'view.builds'),
    shows: (page) => page.getByRole('row').nth(1)
  },

  {
    name: 'no accounts',
    query: 'empty&nokeychain',
    steps: (page) => runCommand(page, 'view.accounts'),
    shows: (page) => page.getByText(words.accounts.none.title)
  },
  {
    name: 'accounts',
    query: 'long&failing=helper',
    steps: (page) => runCommand(page, 'view.accounts'),
    shows: (page) => page.getByRole('row').nth(1)
  },
  {
    name: 'accounts, sign-in refused',
    query: 'long&failing=sign-in',
    steps: async (page) => {
      await runCommand(page, 'account.signIn');
      await page.getByRole('textbox', { name: words.accounts.dialog.username }).fill('ada');
      await page.getByLabel(words.accounts.dialog.secret).fill('secret');
      await button(page, words.accounts.dialog.submit).click();
    },
    shows: (page) => dialog(page).getByRole('status')
  },

  {
    name: 'settings',
    query: 'long',
    steps: (page) => runCommand(page, 'view.settings'),
    shows: (page) => page.getByText(words.settings.shortcuts).first()
  },
  { name: 'licenses', query: '', steps: (page) => runCommand(page, 'app.licenses'), shows: dialog },
  { name: 'about', query: '', steps: (page) => runCommand(page, 'app.about'), shows: dialog },
  {
    name: 'command palette',
    query: 'project&long',
    steps: (page) => runCommand(page, 'palette.open'),
    shows: (page) => page.getByRole('listbox', { name: words.app.palette.results })
  },
  {
    name: 'engine menu',
    query: 'long',
    steps: (page) => page.getByRole('button', { name: new RegExp(`^${words.engine.pill.label}`) }).click(),
    shows: (page) => page.getByRole('menu')
  }
];

function noImages(page: Page): Locator {
  return page.getByText(words.images.none.title);
}
