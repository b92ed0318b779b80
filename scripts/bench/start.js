import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { root } from '../setup/root.js';
import { measurePair } from './measure-pair.js';

/** From the launch to a button that can be pressed. @param {string} app @param {string} button */
async function launch(app, button) {
  const data = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const electron = await _electron.launch({
    executablePath: join(root, 'node_modules/electron/dist/electron'),
    args: [app, `--user-data-dir=${data}`],
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, SLIPWAY_USER_DATA: data, DOCKER_HOST: 'unix:///nowhere.sock' }
  });
  const page = await electron.firstWindow();
  await page.getByRole('button', { name: button }).first().waitFor();
  await electron.close();
  rmSync(data, { recursive: true, force: true });
}

await measurePair(
  { name: 'start to interactive, and quit', run: () => launch(root, 'Choose folder…') },
  { name: 'a bare Electron window', run: () => launch(join(root, 'scripts/bench/bare-window'), 'ready') },
  5
);
