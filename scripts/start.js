// npm start: setup, then the app; without a display a walk through the sample project on a virtual one.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfChanged } from './setup/build-if-changed.js';
import { root } from './setup/root.js';
import { printStatus } from './setup/print-status.js';
import { hasDisplay, setUp } from './setup/set-up.js';
import { walkThrough } from './walk-through.js';

const display = hasDisplay();
await setUp({ electron: true, forTests: !display, virtualDisplay: !display });
await buildIfChanged();
process.exitCode = display ? await openApp(process.argv.slice(2)) : await walkThrough();

/** @param {string[]} folders to open as projects @returns {Promise<number>} */
function openApp(folders) {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (sandbox.length > 0) printStatus('root cannot use the browser sandbox: starting without it');
  const electron = join(root, 'node_modules/electron/cli.js');
  const args = [electron, ...sandbox, root, ...folders];
  const app = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve) => app.once('exit', (status) => resolve(status ?? 1)));
}
