// Time from launch until a button can be clicked, compared with a bare Electron window; and how it is spent.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { root } from '../setup/root.js';
import { measurePair, median } from './measure-pair.js';

/**
 * Milliseconds since the main process started, by the name of the mark: one list per start. @type {Map<string,
 * number>[]}
 */
const starts = [];

/** The seconds from launch until a button can be clicked. @param {string} app @param {string} button */
async function launch(app, button) {
  const data = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const startedAt = performance.now();
  const electron = await _electron.launch({
    executablePath: join(root, 'node_modules/electron/dist/electron'),
    args: [app, `--user-data-dir=${data}`],
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, SLIPWAY_USER_DATA: data, DOCKER_HOST: 'unix:///nowhere.sock' }
  });
  const page = await electron.firstWindow();
  await page.getByRole('button', { name: button }).first().waitFor();
  const seconds = (performance.now() - startedAt) / 1000;
  if (app === root) starts.push(await readMarks(electron, page));
  await electron.close();
  rmSync(data, { recursive: true, force: true });
  return seconds;
}

/** @param {import('@playwright/test').ElectronApplication} electron @param {import('@playwright/test').Page} page */
async function readMarks(electron, page) {
  const read = () => ({
    origin: performance.timeOrigin,
    marks: performance
      .getEntriesByType('mark')
      .filter(({ name }) => name.startsWith('slipway:'))
      .map(({ name, startTime }) => ({ name, at: performance.timeOrigin + startTime }))
  });
  const main = await electron.evaluate(read);
  const { marks } = await page.evaluate(read);
  return new Map([...main.marks, ...marks].map(({ name, at }) => [name, at - main.origin]));
}

await measurePair(
  { name: 'start to interactive', run: () => launch(root, 'Choose folder…') },
  { name: 'a bare Electron window', run: () => launch(join(root, 'scripts/bench/bare-window'), 'ready') },
  5
);

const names = [...(starts[0]?.keys() ?? [])];
const times = names.map((name) => [name.replace('slipway:', ''), median(starts.map((start) => start.get(name) ?? 0))]);
const line = times
  .sort(([, a], [, b]) => a - b)
  .map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`)
  .join(', ');
console.log(`\nMarks of a start, since the main process started: ${line}.\n`);
