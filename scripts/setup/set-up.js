import { installChromium } from './install-chromium.js';
import { installDependencies } from './install-dependencies.js';
import { installElectron } from './install-electron.js';
import { installNode24 } from './install-node24.js';
import { fetchEngines } from './fetch-engines.js';
import { appDependencies, displayDependencies, testDependencies, unitTestDependencies } from './dependencies.js';
import { checkNode, installNodeModules } from './install-node-modules.js';
import { SetupError } from './print-status.js';

/** Whether there is a screen for windows. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/**
 * Everything that a command needs to run; quick if there is nothing to do. `forTests` installs the engines,
 * registries and other programs for the real and the app tests.
 * @typedef {{
 *   electron?: boolean,
 *   virtualDisplay?: boolean,
 *   forTests?: boolean,
 *   forUnitTests?: boolean,
 *   node24?: boolean,
 *   chromium?: boolean
 * }} Needs
 * @param {Needs} needs
 */
export async function setUp(needs) {
  try {
    checkNode();
    await installNodeModules();
    await installDependencies([
      ...(needs.electron ? appDependencies : []),
      ...(needs.virtualDisplay ? displayDependencies : []),
      ...(needs.forTests ? testDependencies : []),
      ...(needs.forUnitTests ? unitTestDependencies : [])
    ]);
    if (needs.chromium) await installChromium();
    if (needs.forTests) await fetchEngines();
    if (needs.electron) await installElectron();
    if (needs.node24) await installNode24();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`setup: ${error.message}`);
    process.exit(1);
  }
}
