import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { openApp, removeFolders } from '../../test/real-parts/open-app.ts';
import { FakeEngine, scratchDir } from '../../test/unit/core/engine/fake-engine.ts';
import { answersOfMany } from '../../test/unit/core/engine/many-images.ts';
import { measurePair } from './measure-pair.js';

/** Minimum time in which dockerd 20.10 lists 5,000 images of its own (0.41 to 0.67 s). */
const LIST_MS = 400;
const FRAME_MS = 16;

const scratch = await scratchDir();
const engine = await new FakeEngine(
  scratch.path('e.sock'),
  answersOfMany(5000, () => delay(LIST_MS))
).start();
const open = await openApp({ engine: { host: `unix://${engine.socketPath}` } });
const { page } = open;

const requestImageList = () =>
  new Promise((resolve) => {
    const clientRequest = request({ socketPath: engine.socketPath, path: '/v1.51/images/json' }, (response) => {
      response.resume().on('end', resolve);
    });
    clientRequest.end();
  });

/** Clicks the button of a screen and waits, inside the page, until an element matching a selector is drawn. */
const show = (name, selector) =>
  page.evaluate(
    ([button, selector]) => {
      globalThis.document.querySelector(`[aria-label="${button}"]`).click();
      return new Promise((resolve) => {
        const check = () =>
          globalThis.document.querySelector(selector) ? resolve() : globalThis.requestAnimationFrame(check);
        check();
      });
    },
    [name, selector]
  );

/** Milliseconds of work for each key of a word typed into the filter, including drawing. */
const typeIntoFilter = (word) =>
  page.evaluate(async (text) => {
    const input = globalThis.document.querySelector('[data-pane="images"] input[type="search"]');
    const times = [];
    for (let end = 1; end <= text.length; end++) {
      const startedAt = performance.now();
      input.value = text.slice(0, end);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
      globalThis.document.body.getBoundingClientRect();
      times.push(performance.now() - startedAt);
      await new Promise((resolve) => globalThis.requestAnimationFrame(resolve));
    }
    return times;
  }, word);

try {
  await page.locator('.pill').getByText('Docker').waitFor();
  // Shared layers are still being read after the first rows; a round must not wait for the previous one.
  await show('Images', '[role="grid"] .line');
  await page.getByText(/on disk, shared layers counted once/).waitFor();
  await measurePair(
    {
      name: 'first rows of 5,000 images',
      run: async () => {
        await show('Images', '[role="grid"] .line');
      }
    },
    { name: "the engine's own answer, from a fake as slow as dockerd", run: requestImageList },
    5,
    () => show('Builds', '[data-pane="builds"]')
  );
  await show('Images', '[role="grid"] .line');
  await page.getByText(/on disk, shared layers counted once/).waitFor();
  const times = [];
  for (const word of ['service-7', 'team-12/ser', '1.40', 'zzz']) times.push(...(await typeIntoFilter(word)));
  const slowest = Math.max(...times);
  console.log(
    `| filter 5,000 images, the slowest of ${times.length} keys | ${slowest.toFixed(1)} ms | one frame | ${FRAME_MS} ms | ${(slowest / FRAME_MS).toFixed(2)} |`
  );
} finally {
  await open.close();
  await engine.stop();
  await scratch.remove();
  removeFolders(open.dataFolder);
}
