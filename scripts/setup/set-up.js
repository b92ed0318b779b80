import { installChromium } from './install-chromium.js';
import { installDependencies } from './install-dependencies.js';
import { installElectron } from './install-electron.js';
import { installNode24 } from './install-node24.js';
import { fetchEngines } from './fetch-engines.js';
import { appDependencies, displayDependencies, testDependencies, unitTestDependencies } from './dependencies.js';
import { checkNode, installNodeModules } from './install-node-modules.js';
import { SetupError } from './print-status.js';

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/**
 * Everything a command needs before it can do its work; quick when there is nothing to do. `forTests` brings the engines,
 * registries and other programs that the real and the app tests run.
 * @typedef {{
 *   electron?: boolean,
 *   virtualDisplay?: boolean,
 *   forTests?: boolean,
 *   forUnitTests?: boolean,
 *   node24?: boolean,
 *   chromium?: boolean
 * }} Wanted
 * @param {Wanted} wanted
 */
export async function setUp(wanted) {
  try {
    checkNode();
    await installNodeModules();
    await installDependencies([
      ...(wanted.electron ? appDependencies : []),
      ...(wanted.virtualDisplay ? displayDependencies : []),
      ...(wanted.forTests ? testDependencies : []),
      ...(wanted.forUnitTests ? unitTestDependencies : [])
    ]);
    if (wanted.chromium) await installChromium();
    if (wanted.forTests) await fetchEngines();
    if (wanted.electron) await installElectron();
    if (wanted.node24) await installNode24();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`set-up: ${error.message}`);
    process.exit(1);
  }
}
