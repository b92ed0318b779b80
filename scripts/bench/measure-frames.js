/** The display's frame time: that of an idle window. */
const FRAME_MS = 1000 / 60;

const startFrames = (page) =>
  page.evaluate(() => {
    const frames = [performance.now()];
    const step = (now) => {
      frames.push(now);
      globalThis.benchFrames = { frames, id: globalThis.requestAnimationFrame(step) };
    };
    globalThis.benchFrames = { frames, id: globalThis.requestAnimationFrame(step) };
  });

/** Milliseconds between frames since startFrames, ascending. */
const endFrames = (page) =>
  page.evaluate(() => {
    const { frames, id } = globalThis.benchFrames;
    globalThis.cancelAnimationFrame(id);
    return frames
      .slice(2)
      .map((at, index) => at - frames[index + 1])
      .sort((a, b) => a - b);
  });

/**
 * Prints a table row: the median and the worst frame during an action, compared with the display's own.
 * @param {import('@playwright/test').Page} page @param {string} name @param {() => Promise<void>} act
 */
export async function measureFrames(page, name, act) {
  await startFrames(page);
  await act();
  const gaps = await endFrames(page);
  const middle = gaps[Math.floor(gaps.length / 2)] ?? 0;
  const [late, worst] = [gaps[Math.floor(gaps.length * 0.99)] ?? 0, gaps.at(-1) ?? 0];
  const figures = `${middle.toFixed(1)} ms, 99 of 100 below ${late.toFixed(1)}, worst ${worst.toFixed(1)}`;
  console.log(`| ${name} | ${figures} | a frame at 60 Hz | 16.7 ms | ${(middle / FRAME_MS).toFixed(2)} |`);
}
