import { installNeeds } from './debian.js';
import { installElectron } from './electron.js';
import { fetchEngines } from './engines.js';
import { appNeeds, displayNeeds, realPartNeeds } from './needs.js';
import { checkNode, installNodeModules } from './node-modules.js';
import { SetUpStopped } from './say.js';

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/**
 * Everything a command needs before it can do its work; quick when there is nothing to do.
 * @param {{ realParts: boolean, virtualDisplay: boolean, electron?: boolean }} wanted
 */
export async function setUp({ realParts, virtualDisplay, electron = true }) {
  try {
    checkNode();
    await installNodeModules();
    await installNeeds([
      ...(electron ? appNeeds : []),
      ...(virtualDisplay ? displayNeeds : []),
      ...(realParts ? realPartNeeds : [])
    ]);
    if (realParts) await fetchEngines();
    if (electron) await installElectron();
  } catch (error) {
    if (!(error instanceof SetUpStopped)) throw error;
    console.error(`set-up: ${error.message}`);
    process.exit(1);
  }
}
