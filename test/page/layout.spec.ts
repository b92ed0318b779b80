import { expect, test } from '@playwright/test';
import { findAccessFaults } from './find-access-faults.ts';
import { findLayoutFaults } from './find-layout-faults.ts';
import { openScene } from './open-scene.ts';
import { scenes } from './scenes.ts';

/** The smallest supported window, the default one, and a large screen. */
const windows = [
  { width: 1024, height: 640 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 }
] as const;

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const scene of scenes) {
  test(`${scene.name}: nothing is cut off, overlaps, fails or is hard to reach`, async ({ page }) => {
    await page.setViewportSize(windows[1]);
    const { errors } = await openScene(page, scene.query);
    await scene.steps?.(page);
    await expect(scene.shows(page).first()).toBeVisible();
    for (const size of windows) {
      await page.setViewportSize(size);
      const name = `${size.width}x${size.height}`;
      expect.soft(await findLayoutFaults(page), name).toEqual([]);
    }
    expect.soft(await findAccessFaults(page), 'dark').toEqual([]);
    await page.evaluate(() =>
      window.broadcast('settings.changed', { theme: 'light', preferredEngine: null, reopenProject: true, panes: {} })
    );
    await page.setViewportSize(windows[1]);
    expect.soft(await findLayoutFaults(page), 'light').toEqual([]);
    expect.soft(await findAccessFaults(page), 'light').toEqual([]);
    expect(errors).toEqual([]);
  });
}
