import { openApp, removeFolders } from '../../test/real-parts/open-app.ts';
import { imageArchive } from './image-archives.js';

/** The display's own: what a window that does nothing keeps to. */
const FRAME_MS = 1000 / 60;
const PAINT_MS = 100;

const { file } = await imageArchive({ whiteouts: 14, layerCount: 14 });
const open = await openApp({ folders: [file] });
const { page } = open;

const startFrames = () =>
  page.evaluate(() => {
    const frames = [performance.now()];
    const step = (now) => {
      frames.push(now);
      globalThis.benchFrames = { frames, id: globalThis.requestAnimationFrame(step) };
    };
    globalThis.benchFrames = { frames, id: globalThis.requestAnimationFrame(step) };
  });

/** Milliseconds between frames since startFrames, the shortest first. */
const endFrames = () =>
  page.evaluate(() => {
    const { frames, id } = globalThis.benchFrames;
    globalThis.cancelAnimationFrame(id);
    return frames
      .slice(2)
      .map((at, index) => at - frames[index + 1])
      .sort((a, b) => a - b);
  });

/** Prints a table row: the median and the worst frame, beside the display's own. */
async function measure(name, act) {
  await startFrames();
  await act();
  const gaps = await endFrames();
  const middle = gaps[Math.floor(gaps.length / 2)] ?? 0;
  const [late, worst] = [gaps[Math.floor(gaps.length * 0.99)] ?? 0, gaps.at(-1) ?? 0];
  const figures = `${middle.toFixed(1)} ms, 99 of 100 below ${late.toFixed(1)}, worst ${worst.toFixed(1)}`;
  console.log(`| ${name} | ${figures} | a frame at 60 Hz | 16.7 ms | ${(middle / FRAME_MS).toFixed(2)} |`);
}

try {
  // The work of one go between the cells' arrival and their picture is one long task, if it is long at all.
  await page.evaluate(() => {
    globalThis.benchTasks = [];
    new PerformanceObserver((list) => {
      globalThis.benchTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask', buffered: true });
  });
  const tree = page.getByRole('tree');
  await tree.getByRole('treeitem').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
  const longest = Math.max(0, ...(await page.evaluate(() => globalThis.benchTasks)));
  const said = longest < 50 ? 'below 50 ms' : `${longest.toFixed(0)} ms`;
  console.log(
    `| first picture of 210,000 files, once they are there | ${said} | the goal | ${PAINT_MS} ms | ${(Math.max(50, longest) / PAINT_MS).toFixed(2)} |`
  );

  const box = await tree.boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await measure('pointing over its treemap', async () => {
    for (let step = 0; step < 300; step++) await page.mouse.move(...at((step % 60) / 60, 0.1 + step / 400));
  });
  await measure('zooming in and out of it', async () => {
    for (let turn = 0; turn < 6; turn++) {
      await page.mouse.dblclick(...at(0.15 + turn / 8, 0.6));
      await page.waitForTimeout(400);
      await tree.press('Escape');
      await tree.press('Escape');
      await page.waitForTimeout(400);
    }
  });
} finally {
  await open.close();
  removeFolders(open.dataFolder);
}
