import { installDependencies } from './install-dependencies.js';
import { installElectron } from './install-electron.js';
import { fetchEngines } from './fetch-engines.js';
import { appDependencies, displayDependencies, testDependencies } from './dependencies.js';
import { checkNode, installNodeModules } from './install-node-modules.js';
import { SetupError } from './print-status.js';

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/**
 * Everything a command needs before it can do its work; quick when there is nothing to do.
 * @param {{ forTests: boolean, virtualDisplay: boolean, electron?: boolean }} wanted
 */
export async function setUp({ forTests, virtualDisplay, electron = true }) {
  try {
    checkNode();
    await installNodeModules();
    await installDependencies([
      ...(electron ? appDependencies : []),
      ...(virtualDisplay ? displayDependencies : []),
      ...(forTests ? testDependencies : [])
    ]);
    if (forTests) await fetchEngines();
    if (electron) await installElectron();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`set-up: ${error.message}`);
    process.exit(1);
  }
}
