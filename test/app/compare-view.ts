import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { dropOn } from '../real-parts/drag.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../unit/core/archive/image-archive.ts';

/** An archive of an image with these layers, as "docker save" writes it; returns its path. */
export async function writeArchive(
  folder: string,
  name: string,
  layers: Files[],
  platform?: { os: string; architecture: string }
): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await packFiles(legacyFiles(await makeImage(layers, platform), 'made:1')));
  return file;
}

/** Takes a screenshot in each theme. */
export async function shootBoth(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((theme) => window.slipway.call('settings.change', { theme }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await page.screenshot({ path: `screenshots/compare/${name}-${theme}.png`, animations: 'disabled' });
  }
}

/** User actions and views of the comparison screen. */
export class CompareView {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async show(): Promise<void> {
    await this.button(words.commands['view.compare']).click();
  }

  /** Drops archives one after the other; the first is the baseline. */
  async drop(...archives: string[]): Promise<void> {
    await this.show();
    for (const archive of archives) {
      await dropOn(this.page, archive);
      const name = archive.split('/').at(-1) ?? '';
      await expect(this.page.getByText(name).first()).toBeVisible();
    }
  }

  /** Selects images in the engine's list, and compares them; the first is the baseline. */
  async compareImages(...tags: string[]): Promise<void> {
    await this.button(words.commands['view.images']).click();
    // By the name of the cell: ids, sizes and times of a row may contain the tag too.
    for (const tag of tags)
      await this.page.getByRole('gridcell', { name: tag }).and(this.page.locator('[data-check]')).click();
    await this.button(words.images.compare(tags.length)).click();
  }

  async open(view: keyof typeof words.compare.views): Promise<void> {
    await this.page.getByRole('radio', { name: words.compare.views[view], exact: true }).click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  image(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  row(name: string | RegExp): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  get pictures(): Locator {
    return this.page.getByTestId('compared-picture');
  }

  get map(): Locator {
    return this.page.getByRole('tree', { name: words.compare.map.label });
  }
}
